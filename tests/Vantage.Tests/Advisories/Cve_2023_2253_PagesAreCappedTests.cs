using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Advisories;

/// <summary>There, a page of any length could be asked for, and its length was set aside in memory.</summary>
public sealed class Cve_2023_2253_PagesAreCappedTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task NoList_GivesAPageOfAnyLength()
    {
        var lists = coordinator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Any(parameter => parameter.Name == "limit") == true)
            .Select(route => route.RoutePattern.RawText!).ToList();
        Assert.True(lists.Count >= 9, string.Join(", ", lists));
        var hospital = await Hospital.FoundAsync(coordinator);
        var collaboration = await coordinator.Admin.PostAsync<Collaboration>(Routes.Collaborations, new CreateCollaboration("capped", [hospital.Id]));

        foreach (var list in lists.Select(path => path.Replace("{id}", collaboration.Id.ToString(), StringComparison.Ordinal)))
        {
            foreach (var limit in new[] { "0", "-1", "501", "2147483647", "2147483648", "9223372036854775808", "1e9", "0x10", "null", "" })
            {
                using var response = await coordinator.Admin.Http.GetAsync(new Uri($"{list}?limit={limit}", UriKind.Relative), TestContext.Current.CancellationToken);
                Assert.True((int)response.StatusCode == 400 || (limit.Length == 0 && response.IsSuccessStatusCode), $"{list}?limit={limit}: {response.StatusCode}");
            }

            using var cursor = await coordinator.Admin.Http.GetAsync(new Uri($"{list}?cursor={TaskId.New(TimeProvider.System)}x", UriKind.Relative),
                TestContext.Current.CancellationToken);
            Assert.Equal(400, (int)cursor.StatusCode);
        }
    }
}
