using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>There, pages came without any. Here every answer of every route has them, the errors too.</summary>
public sealed partial class Ghsa_gwq3_pvwq_4c9w_EveryAnswerCarriesSecurityHeadersTests(RunningCoordinator coordinator)
    : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task EveryRoute_AnswersWithThem_WhateverItAnswers()
    {
        var routes = coordinator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        var statuses = new HashSet<int>();
        foreach (var path in routes.Select(route => Placeholder().Replace(route.RoutePattern.RawText!, "1")).Append("/nothing").Append("/..%2f").Distinct())
        {
            foreach (var method in new[] { "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "TRACE" })
            {
                foreach (var http in new[] { coordinator.Nobody, coordinator.Admin, coordinator.With("vtg_wrong") })
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), path)
                    {
                        Content = method is "POST" or "PUT" ? new StringContent("{", System.Text.Encoding.UTF8, "application/json") : null,
                    };
                    using var response = await http.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                    statuses.Add((int)response.StatusCode);
                    string One(string name) => response.Headers.TryGetValues(name, out var values) ? values.Single()
                        : throw new InvalidOperationException($"{method} {path} ({(int)response.StatusCode}) has no {name}");
                    Assert.Equal("nosniff", One("X-Content-Type-Options"));
                    Assert.Contains("frame-ancestors 'none'", One("Content-Security-Policy"), StringComparison.Ordinal);
                    Assert.Equal("no-referrer", One("Referrer-Policy"));
                    Assert.Equal("same-origin", One("Cross-Origin-Resource-Policy"));
                    Assert.Contains("no-store", One("Cache-Control"), StringComparison.Ordinal);
                }
            }
        }

        Assert.Superset(new HashSet<int> { 200, 400, 401, 404, 405 }, statuses);
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
