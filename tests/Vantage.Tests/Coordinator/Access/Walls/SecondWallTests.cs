using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Tests.Coordinator.Access.Matrix;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Access.Walls;

/// <summary>
/// The permission check is the first wall between tenants. Here it is taken away: everybody may do everything. What is
/// another tenant's still can't be reached, since the database shows a request only what its caller belongs to.
/// </summary>
public sealed class SecondWallTests(GullibleCoordinator coordinator) : IClassFixture<GullibleCoordinator>
{
    private static readonly string[] Lists =
    [
        Routes.Users, Routes.Nodes, Routes.Organizations, Routes.Collaborations, Routes.Roles, Routes.Tasks, Routes.Tokens, Routes.Algorithms,
        Routes.Revocations, Routes.Grants, Routes.Audit,
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithoutAnyPermissionCheck_NobodyReachesWhatIsAnotherTenants()
    {
        var world = await MatrixWorld.MakeAsync(coordinator);
        coordinator.Time.Advance(TimeSpan.FromSeconds(1));
        coordinator.BelievesEverybody = true;
        var probes = Probes.Of(world).Select(probe => (probe, Text: $"{probe.Path} {Write(probe.Body)}")).ToList();
        var wrong = new ConcurrentBag<string>();
        var asked = 0;

        // Everybody may the same now: one person and one node of each organization stand for all.
        foreach (var (who, http) in world.Callers.Where(caller => caller.Who.House is not null).DistinctBy(caller => (caller.Who.House, caller.Who.IsNode)))
        {
            var foreign = world.ForeignTo(who.House!).ToList();
            await Parallel.ForEachAsync(
                probes.Where(probe => foreign.Any(id => probe.Text.Contains(id, StringComparison.Ordinal))).Select(probe => (probe.probe.Method, probe.probe.Path, probe.probe.Body))
                    .Concat(Lists.Select(list => ("GET", $"{list}?limit=500", (object?)null))).Concat(Intrusions(world, who)),
                new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Stop },
                async (ask, _) =>
                {
                    Interlocked.Increment(ref asked);
                    var (status, text) = await AskAsync(http, ask.Item1, ask.Item2, ask.Item3);
                    var names = foreign.Any(id => $"{ask.Item2} {Write(ask.Item3)}".Contains(id, StringComparison.Ordinal));
                    if (status < 300 && !IsEmpty(text) && (names || foreign.Any(id => text.Contains(id, StringComparison.Ordinal))))
                        wrong.Add($"{(who.IsNode ? "node" : "person")} of {who.House}: {ask.Item1} {ask.Item2} was answered {status}: {text}");
                });
            await ReadsNoReviewAsync(world, who, http, wrong);
        }

        Assert.True(wrong.IsEmpty, string.Join('\n', wrong.Order().Take(20)));
        Assert.True(asked >= 400, $"only {asked} requests");
        Assert.Equal(0L, await IntrudersAsync());
        TestContext.Current.TestOutputHelper?.WriteLine($"{asked} requests");
    }

    /// <summary>That the wall was really gone: who has no role at all does what admins do, within their own organization.</summary>
    [Fact]
    public async Task WithoutAnyPermissionCheck_SomebodyWithoutARoleMayEverythingAtHome()
    {
        var hospital = await Hospital.FoundAsync(coordinator);
        var (http, user) = await hospital.HireAsync(Role.Viewer);
        await hospital.Admin.PutAsync<User>($"{Routes.Users}/{user.User.Id}/roles", new GiveRoles([]));
        coordinator.BelievesEverybody = false;
        coordinator.Time.Advance(TimeSpan.FromSeconds(1));
        await http.RefusedAsync(HttpMethod.Post, Routes.Nodes, new InviteNode("site"));

        coordinator.BelievesEverybody = true;

        Assert.Equal(hospital.Id, (await http.PostAsync<InvitedNode>(Routes.Nodes, new InviteNode("site"))).Node.Organization);
    }

    /// <summary>What would be stored, were it let in.</summary>
    private static IEnumerable<(string, string, object?)> Intrusions(MatrixWorld world, Somebody who)
    {
        foreach (var house in world.Houses.Where(house => !house.Thing.Circles.Contains(who.House!)).Select(house => house.Id))
        {
            yield return ("POST", Routes.Users, new CreateUser("intruder", null, house, [Role.Viewer]));
            yield return ("POST", Routes.Nodes, new InviteNode("intruder", house));
            yield return ("POST", Routes.Roles, new CreateRole("intruder", null, ["task.view@own"], house));
            yield return ("POST", Routes.Collaborations, new CreateCollaboration("intruder", [house]));
            foreach (var circle in world.Circles.Where(circle => !circle.Thing.Circles.Contains(who.House!)))
            {
                yield return ("POST", $"{Routes.Collaborations}/{circle.Id}/studies", new CreateStudy("intruder", [house]));
                yield return ("PUT", $"{Routes.Collaborations}/{circle.Id}/store-rules", new SetStoreRule(1, 1, [house]));
                yield return ("PUT", $"{Routes.Uploads}/{UploadId.New(TimeProvider.System)}", new StartUpload(circle.Id, Digest.OfText("intruder"), 10));
            }
        }
    }

    private async Task<long> IntrudersAsync()
    {
        await using var count = coordinator.Superuser.CreateCommand(
            """
            SELECT (SELECT count(*) FROM account WHERE name = 'intruder') + (SELECT count(*) FROM node WHERE name = 'intruder')
                + (SELECT count(*) FROM role WHERE name = 'intruder') + (SELECT count(*) FROM collaboration WHERE name = 'intruder')
                + (SELECT count(*) FROM study WHERE name = 'intruder') + (SELECT count(*) FROM algorithm_rule)
            """);
        return (long)(await count.ExecuteScalarAsync(Stop))!;
    }

    /// <summary>Of code that others' reviewers read: what they signed names them in a form that no search of the text finds.</summary>
    private static async Task ReadsNoReviewAsync(MatrixWorld world, Somebody who, Rest http, ConcurrentBag<string> wrong)
    {
        foreach (var circle in world.Circles)
        {
            var told = await http.GetAsync<AlgorithmReviews>($"{Routes.Algorithms}/reviews?algorithm={Uri.EscapeDataString(circle.Papers.Algorithm.Text)}");
            if (told.Reviews.Count != (circle.Thing.Circles.Contains(who.House!) ? 1 : 0))
                wrong.Add($"somebody of {who.House} reads {told.Reviews.Count} reviews of {string.Join(" and ", circle.Thing.Circles)}");
        }
    }

    /// <summary>A list that shows nothing says no more than that there is nothing to see.</summary>
    private static bool IsEmpty(string text) => text is "{\"items\":[]}" or "{\"versions\":[],\"proposals\":[]}";

    private static async Task<(int Status, string Text)> AskAsync(Rest http, string method, string path, object? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(Write(body), Encoding.UTF8, "application/json");
        using var response = await http.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        var endless = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        return ((int)response.StatusCode, endless ? "" : await response.Content.ReadAsStringAsync(Stop));
    }

    private static string Write(object? body) =>
        body is null ? "" : JsonSerializer.Serialize(body, ProtocolJson.Default.GetTypeInfo(body.GetType())!);
}
