using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>There, answers told which server in which version gave them. Here none does, however it is provoked.</summary>
public sealed partial class Ghsa_8wxq_346h_xmr8_NoAnswerTellsTheServerTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private static readonly string[] Told = ["Kestrel", "ASP.NET", "Npgsql", "PostgreSQL", "Exception", "   at ", ".cs:line", "Microsoft.", "System."];

    private static readonly string[] Nasty =
        ["1", "%00", "..%2f..%2fetc%2fpasswd", "%27%20OR%201=1--", "%7B%7B7*7%7D%7D", "%F0%9F%92%A9", "-9223372036854775809", "org_%ff", "a?cursor=%27&limit=x&wait=-1&state=%22"];

    private static readonly string[] Bodies =
        ["", "{", "null", "[]", "{\"name\":1}", "{\"roles\":[{}],\"name\":null}", "{\"$type\":\"System.Object\"}", "\"\\ud800\"", "{\"certificate\":\"!\"}"];

    [Fact]
    public async Task NoFuzzedRoute_TellsServerVersionOrStack()
    {
        var random = new Random(8);
        var routes = coordinator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText != Vantage.Protocol.Api.Routes.OpenApi).ToList();
        foreach (var route in routes)
        {
            for (var i = 0; i < 6; i++)
            {
                var path = Placeholder().Replace(route.RoutePattern.RawText!, _ => Nasty[random.Next(Nasty.Length)]);
                var method = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is [var first, ..] ? first : "POST";
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                if (method is not "GET")
                    request.Content = new StringContent(Bodies[random.Next(Bodies.Length)], Encoding.UTF8, i % 3 == 0 ? "text/xml" : "application/json");
                using var response = await coordinator.Admin.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                Assert.False(response.Headers.Contains("Server") || response.Headers.Contains("X-Powered-By") || response.Headers.Contains("X-AspNet-Version"));
                Assert.True((int)response.StatusCode < 500, $"{method} {path}: {(int)response.StatusCode}");
                if ((int)response.StatusCode < 400)
                    continue;
                var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                Assert.All(Told, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
            }
        }
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
