using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vantage.Coordinator.Access;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Access;

public sealed class RouteAccessTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static readonly string[] Anonymous =
    [
        Routes.HealthLive, Routes.HealthReady, Routes.NodeEnrolment, Routes.NodeSignIn, Routes.NodeSignInChallenge,
        Routes.SignIn, Routes.SignInPasskey, Routes.SignInPasskey + "/challenge", Routes.SignInInvitation, Routes.SignInRecovery,
        Routes.SignInRecoveryPassword, Routes.SignInEmail,
        Routes.SignOn, Routes.SignOn + "/{provider}", Routes.SignOn + "/{provider}/callback", Routes.SignOn + "/{provider}/session",
    ];

    private IEnumerable<RouteEndpoint> All => coordinator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void EveryRoute_DeclaresWhatItNeeds_AndItsLimitWhereASecretIsTried()
    {
        Assert.True(All.Count() > 25);
        Assert.Empty(RouteTable.Check(All));
    }

    [Fact]
    public void OnlyHealthAndTheArrivalOfNodesAndPeople_AreAnonymous() => Assert.Equal(
        Anonymous.Order(),
        All.Where(route => route.Metadata.GetMetadata<RouteAccess>() is RouteAccess.Open)
            .Select(route => route.RoutePattern.RawText!).Order());

    [Fact]
    public async Task WithoutAToken_EveryOtherRouteRefusesBeforeItLooksAtAnything()
    {
        foreach (var route in All.Where(route => route.Metadata.GetMetadata<RouteAccess>() is not RouteAccess.Open))
        {
            var path = System.Text.RegularExpressions.Regex.Replace(route.RoutePattern.RawText!, @"\{[^}]*\}", "1");
            var method = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first : "GET";
            if (method is "PUT" or "POST")
                continue;

            var refused = await coordinator.Nobody.RefusedAsync(new HttpMethod(method), path);

            Assert.Equal(ErrorCodes.Unauthenticated, refused.Code);
        }
    }

    [Fact]
    public async Task TheOpenApiDocument_ListsTheRoutes_ToThoseSignedIn()
    {
        using var response = await coordinator.Admin.Http.GetAsync(new Uri(Routes.OpenApi, UriKind.Relative), TestContext.Current.CancellationToken);
        var document = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.True(response.IsSuccessStatusCode, document);
        using var json = JsonDocument.Parse(document);
        Assert.True(json.RootElement.GetProperty("paths").TryGetProperty(Routes.Organizations, out _));
    }

    [Fact]
    public async Task EveryAnswer_CarriesTheSecurityHeaders_AndNeitherServerNorCors()
    {
        foreach (var path in new[] { Routes.HealthLive, Routes.Me, "/nothing", Routes.Organizations + "/x" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Origin", "https://evil.example.org");
            using var response = await coordinator.Admin.Http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Contains("nosniff", response.Headers.GetValues("X-Content-Type-Options"));
            Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.False(response.Headers.Contains("Server"));
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }
}
