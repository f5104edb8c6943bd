using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vantage.Coordinator.Access;
using Vantage.Protocol.Hub;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>There, requests were authenticated and WebSockets were not. Here nothing changes protocol before the gate.</summary>
public sealed partial class Cve_2024_28179_AnUpgradeNeedsWhatARequestNeedsTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task AnUpgradeWithoutACredential_OrWithAWrongOne_IsRefusedOnEveryRoute()
    {
        foreach (var route in coordinator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<RouteAccess>() is not RouteAccess.Open && TakesGet(route)))
        {
            var path = Placeholder().Replace(route.RoutePattern.RawText!, "1");
            Assert.Equal(401, await UpgradeAsync(coordinator.Nobody, path));
            Assert.Equal(401, await UpgradeAsync(coordinator.With("vtg_wrong"), path));
        }
    }

    [Fact]
    public async Task TheHub_IsOpenedByNodesAlone()
    {
        var site = await Site.OpenAsync(coordinator, await Hospital.FoundAsync(coordinator));

        Assert.Equal(403, await UpgradeAsync(coordinator.Admin, INodeHub.Path));
        Assert.Equal(101, await UpgradeAsync(await site.RestAsync(), INodeHub.Path));
    }

    private static bool TakesGet(RouteEndpoint route) => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is not { Count: > 0 } methods || methods.Contains("GET");

    private static async Task<int> UpgradeAsync(Rest http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        using var response = await http.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return (int)response.StatusCode;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
