using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Coordinator.Tasks.Store;

public abstract class RunStoreTime(StoreWorld world) : StoreSuite(world)
{
    [Fact]
    public async Task UnderWait_TheRunStaysWithItsSilentNode_AndItsCommitIsAccepted()
    {
        var (task, node, run) = await ClaimedAsync(LostNodePolicy.Wait);

        await LapseAsync();

        Assert.Equal((RunPhase.Leased, node.Node), await WhereAsync(task));
        Assert.Equal(CommitOutcome.Committed, (await World.CommitAsync(node, run)).Outcome);
    }

    [Fact]
    public async Task UnderRetry_TheRunIsOfferedAgain_AndOnlyTheNewEpochCommits()
    {
        var (task, node, run) = await ClaimedAsync(LostNodePolicy.Retry);

        var swept = await LapseAsync();

        Assert.Equal((RunPhase.Queued, null), await WhereAsync(task));
        Assert.Contains(node.Node, swept.Offered);
        Assert.Contains(new StopWork(node.Node, new StopOrder(run.Run, 1, StopReason.StaleEpoch)), swept.Stop);
        var again = Assert.Single(await World.ClaimAsync(node));
        Assert.Equal(2, again.Epoch);
        Assert.Equal(RunRefusal.StaleEpoch, (await World.CommitAsync(node, run, receipt: "late")).Refusal);
        Assert.Equal(CommitOutcome.Committed, (await World.CommitAsync(node, again)).Outcome);
    }

    [Fact]
    public async Task UnderRetry_AStandInTakesOver_AndTheFirstNodesCommitIsSuperseded()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var sister = await World.SisterAsync(node);
        var task = await World.SubmitAsync(
            await World.AskerAsync(collaboration), collaboration, node, LostNodePolicy.Retry, alternate: sister);
        var first = Assert.Single(await World.ClaimAsync(node));

        await LapseAsync();

        var second = Assert.Single(await World.ClaimAsync(sister));
        Assert.Equal(CommitOutcome.Superseded, (await World.CommitAsync(node, first)).Outcome);
        Assert.Equal([new StopOrder(first.Run, 1, StopReason.StaleEpoch)],
            (await World.BeatAsync(node, new RunReport(first.Run, 1, RunPhase.Running))).Stop);
        Assert.Equal(CommitOutcome.Committed, (await World.CommitAsync(sister, second)).Outcome);
        Assert.Equal((RunPhase.Ended, sister.Node), await WhereAsync(task));
    }

    [Fact]
    public async Task UnderRetry_ASealedResult_IsWaitedFor()
    {
        var (task, node, run) = await ClaimedAsync(LostNodePolicy.Retry);
        await World.BeatAsync(node, new RunReport(run.Run, 1, RunPhase.Sealing));

        await LapseAsync();

        Assert.Equal((RunPhase.Sealing, node.Node), await WhereAsync(task));
        Assert.Equal(CommitOutcome.Committed, (await World.CommitAsync(node, run)).Outcome);
    }

    [Fact]
    public async Task UnderFail_TheRunIsLost_AndSettlesItsTask()
    {
        var (task, node, run) = await ClaimedAsync(LostNodePolicy.Fail);

        await LapseAsync();

        var seen = await World.SeeAsync(task);
        Assert.Equal((RunOutcome.Lost, TaskOutcome.Failed), (seen.Runs[0].State.Outcome, seen.Outcome));
        Assert.Equal(CommitOutcome.Superseded, (await World.CommitAsync(node, run)).Outcome);
    }

    [Fact]
    public async Task UnderFail_WhatNobodyClaimedYet_IsNotLost()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        await World.BeatAsync(node);
        var task = await World.SubmitAsync(await World.AskerAsync(collaboration), collaboration, node, LostNodePolicy.Fail);

        await LapseAsync();

        Assert.Equal(RunPhase.Queued, (await World.SeeRunAsync(task)).State.Phase);
    }

    [Fact]
    public async Task ALeaseRenewedInTime_LosesNothing()
    {
        var (task, node, _) = await ClaimedAsync(LostNodePolicy.Fail);

        for (var i = 0; i < 4; i++)
        {
            await World.PassAsync(StoreWorld.Lease * 0.5);
            await World.BeatAsync(node);
            await World.Store.SweepAsync(World.Cancelled);
        }

        Assert.Equal(RunPhase.Leased, (await World.SeeRunAsync(task)).State.Phase);
    }

    [Fact]
    public async Task ALapseCountsOnce_ANodeThatCameBackMayLapseAgain()
    {
        var (_, node, _) = await ClaimedAsync(LostNodePolicy.Retry);
        await LapseAsync();
        var second = Assert.Single(await World.ClaimAsync(node));

        var swept = await LapseAsync();

        Assert.Contains(new StopWork(node.Node, new StopOrder(second.Run, 2, StopReason.StaleEpoch)), swept.Stop);
        Assert.Equal(3, Assert.Single(await World.ClaimAsync(node)).Epoch);
    }

    [Fact]
    public async Task PastNotAfter_EveryUnfinishedRunExpires_AndItsNodeIsTold()
    {
        var collaboration = await World.CollaborationAsync();
        var (working, idle) = (await World.NodeAsync(collaboration), await World.NodeAsync(collaboration));
        var task = World.TaskFor(
            await World.AskerAsync(collaboration), collaboration, [working, idle], notAfter: TimeSpan.FromSeconds(30));
        await World.CreateAsync(task);
        var run = Assert.Single(await World.ClaimAsync(working));

        await World.PassAsync(TimeSpan.FromSeconds(30));
        var late = await World.CommitAsync(working, run);
        var swept = await World.Store.SweepAsync(World.Cancelled);

        Assert.Equal((CommitOutcome.Superseded, RunRefusal.PastNotAfter), (late.Outcome, late.Refusal));
        Assert.Contains(new StopWork(working.Node, new StopOrder(run.Run, 1, StopReason.Expired)), swept.Stop);
        var seen = await World.SeeAsync(task);
        Assert.All(seen.Runs, r => Assert.Equal(RunOutcome.Expired, r.State.Outcome));
        Assert.Equal(TaskOutcome.Expired, seen.Outcome);
    }

    private async Task<Swept> LapseAsync()
    {
        await World.PassAsync(StoreWorld.Lease);
        return await World.Store.SweepAsync(World.Cancelled);
    }

    private async Task<(RunPhase, Vantage.Protocol.Ids.NodeId?)> WhereAsync(NewTask task)
    {
        var run = await World.SeeRunAsync(task);
        return (run.State.Phase, run.Holder);
    }

    private async Task<(NewTask Task, WorkingNode Node, OwnedRun Run)> ClaimedAsync(LostNodePolicy policy)
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var task = await World.SubmitAsync(await World.AskerAsync(collaboration), collaboration, node, policy);
        return (task, node, Assert.Single(await World.ClaimAsync(node)));
    }
}
