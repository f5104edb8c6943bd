using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vantage.Protocol.Api;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>There, a message said how large it would be, and so much memory was taken. Here a claim is refused before a byte is waited for.</summary>
public sealed partial class Cve_2022_21822_NothingIsAllocatedOnAClaimTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ABodySaidToBeATerabyte_IsRefusedAtOnce_OnEveryRouteThatTakesOne()
    {
        var routes = coordinator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IAcceptsMetadata>() is not null).ToList();
        var tooLarge = 0;
        foreach (var route in routes)
        {
            var method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            var status = await ClaimAsync($"{method} {Placeholder().Replace(route.RoutePattern.RawText!, "1")}");
            Assert.True(status is >= 400 and < 500, $"{method} {route.RoutePattern.RawText}: {status}");
            tooLarge += status == 413 ? 1 : 0;
        }

        Assert.True(routes.Count >= 30 && tooLarge >= 10, $"{tooLarge} of {routes.Count} routes looked at the size");
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"name\":")]
    public async Task ABodyNestedWithoutEnd_IsRefused(string again)
    {
        using var response = await coordinator.Admin.Http.PostAsync(new Uri(Routes.Organizations, UriKind.Relative),
            new StringContent(string.Concat(Enumerable.Repeat(again, 100_000)), Encoding.UTF8, "application/json"), Stop);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, response.StatusCode);
    }

    private async Task<int> ClaimAsync(string request)
    {
        var url = new Uri(coordinator.Listening);
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, Stop);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{request} HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {coordinator.AdminToken}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1099511627776\r\n\r\n{"), Stop);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        var line = await reader.ReadLineAsync(patience.Token);
        return int.Parse(line!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
