using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Vantage.Coordinator.Access;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Access.Matrix;

/// <summary>
/// Every route, asked by everybody, about everybody's things and about nothing: what is told equals the oracle. The same of
/// every list, thing by thing, also where a query names somebody else's collaboration or job.
/// </summary>
public sealed class PermissionMatrixTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    private const int AtOnce = 8;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhoIsTold_AndWhatListsShow_EqualsTheOracle_ForEveryRouteRoleAndTenant()
    {
        var world = await MatrixWorld.MakeAsync(coordinator);
        coordinator.Time.Advance(TimeSpan.FromSeconds(1));
        var probes = Probes.Of(world).ToList();
        var wrong = new System.Collections.Concurrent.ConcurrentBag<string>();
        var checks = 0;

        await Parallel.ForEachAsync(
            probes.SelectMany(probe => world.Callers.Append((Nobody, coordinator.Nobody)).Select(caller => (probe, caller))),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Stop },
            async (pair, _) =>
            {
                var ((who, http), probe) = (pair.caller, pair.probe);
                var told = await AskAsync(http, probe);
                var expected = ReferenceEquals(who, Nobody) ? Told.WhoAreYou : probe.Expected(who);
                Interlocked.Increment(ref checks);
                if (told.Told != expected)
                    wrong.Add($"{who.Role} of {who.House}: {probe.Method} {probe.Path} told {told.Told} ({told.Text}), by the oracle {expected}");
            });
        checks += await ListsAsync(world, wrong);

        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {checks}:\n{string.Join('\n', wrong.Order().Take(40))}");
        Assert.True(checks >= 5000, $"{checks} checks");
        TestContext.Current.TestOutputHelper?.WriteLine($"{checks} checks, {probes.Count} probes, {world.Callers.Count + 1} callers");
        AssertCovered(probes);
    }

    private static Somebody Nobody { get; } = new("nobody", "none", null, IsNode: false);

    private static async Task<(Told Told, string Text)> AskAsync(Rest http, Probe probe)
    {
        using var request = new HttpRequestMessage(new HttpMethod(probe.Method), probe.Path);
        if (probe.Body is { } body)
            request.Content = new StringContent(JsonSerializer.Serialize(body, ProtocolJson.Default.GetTypeInfo(body.GetType())!), Encoding.UTF8, "application/json");
        else if (probe.Method == "PUT")
            request.Content = new ByteArrayContent([1]);
        using var response = await http.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        var told = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => Told.WhoAreYou,
            HttpStatusCode.Forbidden => Told.NotYou,
            HttpStatusCode.NotFound => Told.NoSuchThing,
            _ => Told.Through,
        };
        return (told, (int)response.StatusCode >= 400 ? await response.Content.ReadAsStringAsync(Stop) : "");
    }

    /// <summary>Of each list: every thing there is, shown or not.</summary>
    private static async Task<int> ListsAsync(MatrixWorld world, System.Collections.Concurrent.ConcurrentBag<string> wrong)
    {
        var checks = 0;
        foreach (var (who, http) in world.Callers.Where(caller => !caller.Who.IsNode))
        {
            async Task ListAsync<T>(string path, string permission, Func<T, string> id, IEnumerable<(string Id, bool Shown)> all)
            {
                if (Oracle.Of(who, permission) is null && !(permission == "task.view" && Oracle.Of(who, "run.view") is not null))
                    return;
                var seen = (await http.GetAsync<Page<T>>(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "limit=500")).Items.Select(id).ToHashSet();
                foreach (var (thing, shown) in all)
                {
                    checks++;
                    if (seen.Contains(thing) != shown)
                        wrong.Add($"{who.Role} of {who.House}: GET {path} {(shown ? "hides" : "shows")} {thing}");
                }
            }

            await ListAsync<User>(Routes.Users, "user.view", u => $"{u.Id}", world.People.Select(p => ($"{p.Id}", Oracle.May(who, "user.view", p.Thing))));
            await ListAsync<Node>(Routes.Nodes, "node.view", n => $"{n.Id}", world.Nodes.Select(n => ($"{n.Id}", Oracle.May(who, "node.view", n.Thing))));
            await ListAsync<Organization>(Routes.Organizations, "organization.view", o => $"{o.Id}",
                world.Houses.Select(h => ($"{h.Id}", Oracle.May(who, "organization.view", h.Thing))));
            await ListAsync<Collaboration>(Routes.Collaborations, "collaboration.view", c => $"{c.Id}",
                world.Circles.Select(c => ($"{c.Id}", Oracle.May(who, "collaboration.view", c.Thing))));
            await ListAsync<RoleInfo>(Routes.Roles, "role.view", r => r.Role.Name,
                world.Roles.Select(r => ($"{r.Id}", Oracle.May(who, "role.view", r.Thing))).Concat(Role.Defaults.Select(known => (known.Name, true))));
            await ListAsync<Submission>(Routes.Algorithms, "algorithm.view", s => $"{s.Id}",
                world.Circles.Select(c => ($"{c.Papers.Kept}", Oracle.May(who, "algorithm.view", c.Thing))));
            await ListAsync<RevocationList>(Routes.Revocations, "collaboration.view", r => $"{r.Organization}",
                world.Houses.Select(h => ($"{h.Id}", Oracle.May(who, "collaboration.view", h.Thing))));
            await ListAsync<GrantView>(Routes.Grants, "user.view", g => $"{g.Id}", world.Circles.Select(c => ($"{c.Papers.Given}", false)));
            await ListAsync<TaskView>(Routes.Tasks, "task.view", t => $"{t.Id}", world.Tasks.Select(t => ($"{t.Id}", Law.Sees(who, t.Asked, t.Ran))));
            foreach (var one in world.Tasks)
            {
                await ListAsync<TaskView>($"{Routes.Tasks}?job={one.Job}", "task.view", t => $"{t.Id}",
                    world.Tasks.Select(t => ($"{t.Id}", t == one && Law.Sees(who, t.Asked, t.Ran))));
                await ListAsync<TaskView>($"{Routes.Tasks}?collaboration={one.Collaboration}", "task.view", t => $"{t.Id}",
                    world.Tasks.Select(t => ($"{t.Id}", t.Collaboration == one.Collaboration && Law.Sees(who, t.Asked, t.Ran))));
            }
        }

        return checks;
    }

    /// <summary>A new route without a probe fails here. Those for strangers are listed where they are allowed.</summary>
    private void AssertCovered(List<Probe> probes)
    {
        var probed = probes.SelectMany(probe => new[] { probe.Method, "ANY" }.Select(method => $"{method} {probe.Route}".TrimEnd('/'))).ToHashSet();
        var routes = coordinator.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<RouteAccess>() is not RouteAccess.Open)
            .Select(RouteTable.Name).Select(name => name.TrimEnd('/'));

        Assert.All(routes, name => Assert.Contains(name, probed));
    }
}
