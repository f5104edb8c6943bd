using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Coordinator.Tasks.Store;

public abstract class RunStoreReports(StoreWorld world) : StoreSuite(world)
{
    [Fact]
    public async Task AReport_MovesTheRunAndIsShown()
    {
        var (task, node, run) = await ClaimedAsync();

        var answer = await World.BeatAsync(node, new RunReport(run.Run, 1, RunPhase.Running, 40));

        Assert.Empty(answer.Stop);
        Assert.Equal([run.Collaboration], answer.Moved);
        var seen = await World.SeeRunAsync(task);
        Assert.Equal((RunPhase.Running, 40), (seen.State.Phase, seen.Progress));
    }

    [Fact]
    public async Task AReportThatSaysNothingNew_MovesNothing()
    {
        var (_, node, run) = await ClaimedAsync();
        var report = new RunReport(run.Run, 1, RunPhase.Running, 40, WaitingReason.WaitingForResources);
        await World.BeatAsync(node, report);

        Assert.Empty((await World.BeatAsync(node, report)).Moved);
    }

    [Fact]
    public async Task AnOvertakenReport_TakesNothingBack()
    {
        var (task, node, run) = await ClaimedAsync();
        await World.BeatAsync(node, new RunReport(run.Run, 1, RunPhase.Running, 40));

        var answer = await World.BeatAsync(
            node, new RunReport(run.Run, 1, RunPhase.Preparing, null, WaitingReason.PullingImage));

        Assert.Empty(answer.Stop);
        var seen = await World.SeeRunAsync(task);
        Assert.Equal((RunPhase.Running, 40, WaitingReason.None), (seen.State.Phase, seen.Progress, seen.Reported));
    }

    [Fact]
    public async Task AWaitingReason_IsShownSinceItBegan()
    {
        var (task, node, run) = await ClaimedAsync();
        var pulling = new RunReport(run.Run, 1, RunPhase.Preparing, null, WaitingReason.PullingImage);
        await World.BeatAsync(node, pulling);
        var since = (await World.SeeRunAsync(task)).ReportedSince;

        await World.PassAsync(TimeSpan.FromSeconds(20));
        await World.BeatAsync(node, pulling with { Progress = 50 });

        var seen = await World.SeeRunAsync(task);
        Assert.Equal(WaitingReason.PullingImage, seen.Reported);
        Assert.InRange(World.Now - seen.ReportedSince!.Value, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(50));
        Assert.NotNull(since);
    }

    [Fact]
    public async Task ReportsOfManyRuns_AreJudgedOneByOne()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var asker = await World.AskerAsync(collaboration);
        var cancelled = await World.SubmitAsync(asker, collaboration, node);
        var good = await World.SubmitAsync(asker, collaboration, node);
        await World.ClaimAsync(node);
        await World.Store.CancelAsync(cancelled.Key, "usr_test", World.Cancelled);
        var unknown = RunId.New(TimeProvider.System);

        var answer = await World.BeatAsync(node,
            new RunReport(cancelled.Manifest.Targets[0].Run, 1, RunPhase.Running),
            new RunReport(unknown, 1, RunPhase.Running),
            new RunReport(good.Manifest.Targets[0].Run, 1, RunPhase.Running));

        Assert.Equal(
            new HashSet<StopOrder>
            {
                new(cancelled.Manifest.Targets[0].Run, 1, StopReason.Cancelled),
                new(unknown, 1, StopReason.Unknown),
            },
            answer.Stop.ToHashSet());
        Assert.Equal(RunPhase.Running, (await World.SeeRunAsync(good)).State.Phase);
    }

    [Fact]
    public async Task AnotherNode_CanNotSpeakForARun()
    {
        var (task, node, run) = await ClaimedAsync();
        var sister = await World.SisterAsync(node);

        var answer = await World.BeatAsync(sister, new RunReport(run.Run, 1, RunPhase.Running));

        Assert.Equal([new StopOrder(run.Run, 1, StopReason.Unknown)], answer.Stop);
        Assert.Equal(RunPhase.Leased, (await World.SeeRunAsync(task)).State.Phase);
    }

    [Fact]
    public async Task ABeat_RenewsTheLeaseByTheStoresClock()
    {
        var node = await World.NodeAsync(await World.CollaborationAsync());

        var first = (await World.BeatAsync(node)).LeaseUntil;
        await World.PassAsync(TimeSpan.FromSeconds(30));
        var second = (await World.BeatAsync(node)).LeaseUntil;

        Assert.InRange(first - World.Now, TimeSpan.FromSeconds(20), StoreWorld.Lease);
        Assert.True(second > first || second - World.Now > TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task Reconciling_KeepsStopsAndOffersAgain()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var asker = await World.AskerAsync(collaboration);
        var (kept, lost, fresh) = (await World.SubmitAsync(asker, collaboration, node),
            await World.SubmitAsync(asker, collaboration, node), await World.SubmitAsync(asker, collaboration, node));
        Assert.Equal(3, (await World.ClaimAsync(node)).Count);
        RunId Run(NewTask task) => task.Manifest.Targets[0].Run;

        var answer = await World.ReconcileAsync(node,
            [new RunReport(Run(kept), 1, RunPhase.Running), new RunReport(RunId.From(Guid.CreateVersion7()), 4, RunPhase.Running)],
            justClaimed: Run(fresh));

        Assert.Equal([Run(kept)], answer.Keep);
        Assert.Equal(StopReason.Unknown, Assert.Single(answer.Stop).Reason);
        Assert.Equal([Run(lost)], answer.Again);
        Assert.True(answer.WorkWaiting);
        Assert.Equal(RunPhase.Queued, (await World.SeeRunAsync(lost)).State.Phase);
        Assert.Equal(RunPhase.Leased, (await World.SeeRunAsync(fresh)).State.Phase);
        Assert.Equal(2, Assert.Single(await World.ClaimAsync(node)).Epoch);
    }

    [Fact]
    public async Task ASealedRunMissingFromTheInventory_IsNotGivenAway()
    {
        var (task, node, run) = await ClaimedAsync();
        await World.BeatAsync(node, new RunReport(run.Run, 1, RunPhase.Sealing));

        Assert.Empty((await World.ReconcileAsync(node, [])).Again);

        Assert.Equal(RunPhase.Sealing, (await World.SeeRunAsync(task)).State.Phase);
    }

    private async Task<(NewTask Task, WorkingNode Node, OwnedRun Run)> ClaimedAsync()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var task = await World.SubmitAsync(await World.AskerAsync(collaboration), collaboration, node);
        return (task, node, Assert.Single(await World.ClaimAsync(node)));
    }
}
