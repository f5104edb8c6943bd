using System.Diagnostics;
using Federation.Tests.Failures.Points;
using Federation.Tests.Failures.Questions;
using Federation.Tests.Worlds;

namespace Federation.Tests.Failures;

/// <summary>Killed while a new node is set up: running setup again is all that its admin has to do.</summary>
[Collection(nameof(SmallerFederation))]
public sealed class EnrolmentFailpointTests(SmallerFederation federation, ITestOutputHelper output) : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private World World => federation.World;

    public async ValueTask InitializeAsync() => await federation.MendAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Setup_KilledAtEachOfItsFailpoints_IsRunAgainAndMakesOneNode()
    {
        var began = Stopwatch.GetTimestamp();

        await Task.WhenAll(NodeFailpoints.All.Where(point => point.Kind == QuestionKind.Enrolling).Select(async point =>
        {
            var site = await InvitedAsync(point);
            await using var dying = World.LaunchSetup(site, point.Arming);
            await FailingFederation.DiedAsync(dying, point, Stop);
            await FinishesAsync(site);
        }));

        output.WriteLine($"{Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task Coordinator_KilledWhileANodeEnrols_KnowsItOnce()
    {
        foreach (var point in CoordinatorFailpoints.All.Where(point => point.Kind == QuestionKind.Enrolling))
        {
            var site = await InvitedAsync(point);
            await World.Coordinator.DisposeAsync();
            var armed = World.LaunchCoordinator(point.Arming);
            await World.ReadyAsync(armed);
            await using var unanswered = World.LaunchSetup(site);
            await FailingFederation.DiedAsync(armed, point, Stop);
            Assert.NotEqual(0, await unanswered.ExitAsync(Stop));
            await World.StartCoordinatorAsync();

            await FinishesAsync(site);
        }
    }

    private async Task<Site> InvitedAsync(FailpointCase point)
    {
        var site = World.Beside(World.Site, point.Name.Replace('.', '-'));
        await World.InviteAsync(site);
        return site;
    }

    /// <summary>Its keys are what the Coordinator knows, or the admin's certificate would not fit.</summary>
    private async Task FinishesAsync(Site site)
    {
        await using var again = World.LaunchSetup(site);
        Assert.True(await again.ExitAsync(Stop) == 0, again.Output);
        await World.CertifyAsync(site, again);
        var nodes = (await site.Admin.AskAsync("node", "list")).GetProperty("items").EnumerateArray()
            .Where(node => node.GetProperty("name").GetString() == $"{site.Name} node");
        Assert.Equal(site.Node, Assert.Single(nodes).GetProperty("id").GetString());
    }
}
