using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Coordinator.Tasks.Store;

public abstract class RunStoreEnds(StoreWorld world) : StoreSuite(world)
{
    [Fact]
    public async Task ACommit_EndsTheRun_KeepsItsPayloads_AndSettlesTheTask()
    {
        var (task, nodes, runs) = await ClaimedAsync(1);

        var answer = await World.CommitAsync(
            nodes[0], runs[0], payloads: [StoreWorld.Inline(PayloadKind.Result), StoreWorld.Inline(PayloadKind.Log, "log")]);

        Assert.Equal((CommitOutcome.Committed, RunOutcome.Succeeded, TaskOutcome.Succeeded),
            (answer.Outcome, answer.Ended, answer.Settled));
        var seen = await World.SeeAsync(task);
        Assert.Equal(TaskOutcome.Succeeded, seen.Outcome);
        Assert.NotNull(seen.SettledAt);
        Assert.Equal([PayloadKind.Input, PayloadKind.Result, PayloadKind.Log], seen.Runs[0].Payloads.Select(p => p.Kind).Order());
    }

    [Fact]
    public async Task TheSameCommitTwice_IsOneCommit()
    {
        var (_, nodes, runs) = await ClaimedAsync(1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() =>
            World.CommitAsync(nodes[0], runs[0], payloads: [StoreWorld.Inline(PayloadKind.Result)]))));

        Assert.Equal(1, answers.Count(answer => answer.Outcome == CommitOutcome.Committed));
        Assert.Equal(9, answers.Count(answer => answer.Outcome == CommitOutcome.AlreadyCommitted));
        Assert.All(answers, answer => Assert.Equal(RunOutcome.Succeeded, answer.Ended));
    }

    [Fact]
    public async Task AReceiptThatCameWhileItsRunWasOfferedAgain_EndsTheRunOnceItIsClaimedAgain()
    {
        var (task, nodes, runs) = await ClaimedAsync(1);
        await World.ReconcileAsync(nodes[0], []);
        Assert.Equal(CommitOutcome.Superseded, (await World.CommitAsync(nodes[0], runs[0])).Outcome);
        var again = Assert.Single(await World.ClaimAsync(nodes[0]));

        var answer = await World.CommitAsync(nodes[0], again);
        var repeated = await World.CommitAsync(nodes[0], again);

        Assert.Equal((2, CommitOutcome.Committed), (again.Epoch, answer.Outcome));
        Assert.Equal((CommitOutcome.AlreadyCommitted, RunOutcome.Succeeded), (repeated.Outcome, repeated.Ended!.Value));
        Assert.Equal(TaskOutcome.Succeeded, (await World.SeeAsync(task)).Outcome);
    }

    [Fact]
    public async Task TwoDifferentCommits_EndTheRunOnce()
    {
        var (task, nodes, runs) = await ClaimedAsync(1);

        var answers = await Task.WhenAll(
            Task.Run(() => World.CommitAsync(nodes[0], runs[0], RunOutcome.Failed, "one")),
            Task.Run(() => World.CommitAsync(nodes[0], runs[0], RunOutcome.Succeeded, "other")));

        var winner = Assert.Single(answers, answer => answer.Outcome == CommitOutcome.Committed);
        var loser = Assert.Single(answers, answer => answer.Outcome == CommitOutcome.Superseded);
        Assert.Equal(winner.Ended, loser.Ended);
        Assert.Equal(winner.Ended, (await World.SeeRunAsync(task)).State.Outcome);
    }

    [Fact]
    public async Task TheLastOfManyRuns_SettlesTheTask_AndOnlyIt()
    {
        var (task, nodes, runs) = await ClaimedAsync(12);

        var answers = await Task.WhenAll(nodes.Zip(runs, (node, run) => Task.Run(() => World.CommitAsync(node, run))));

        Assert.Equal(12, answers.Count(answer => answer.Outcome == CommitOutcome.Committed));
        Assert.Equal(TaskOutcome.Succeeded, Assert.Single(answers, answer => answer.Settled is not null).Settled);
        Assert.Equal(TaskOutcome.Succeeded, (await World.SeeAsync(task)).Outcome);
    }

    [Fact]
    public async Task ThePayloadsOfACommit_HaveToBeHere()
    {
        var (_, nodes, runs) = await ClaimedAsync(1);
        var big = new StoredPayload(PayloadKind.Result, Digest.OfText("big"), 1 << 20, null);

        var missing = await World.CommitAsync(nodes[0], runs[0], payloads: big);
        Assert.Equal(CommitOutcome.PayloadMissing, missing.Outcome);
        Assert.Equal([big.Digest], missing.Missing);
        await World.AddBlobAsync(runs[0].Collaboration, big.Digest, big.Size);

        Assert.Equal(CommitOutcome.Committed, (await World.CommitAsync(nodes[0], runs[0], payloads: big)).Outcome);
    }

    [Fact]
    public async Task ARunThatItsNodesOwnCommitEnded_IsNotOrderedToStop()
    {
        var (_, nodes, runs) = await ClaimedAsync(1);
        await World.CommitAsync(nodes[0], runs[0]);
        var overtaken = new RunReport(runs[0].Run, 1, RunPhase.Uploading);

        Assert.Empty((await World.BeatAsync(nodes[0], overtaken)).Stop);
        var answer = await World.ReconcileAsync(nodes[0], [overtaken]);

        Assert.Empty(answer.Stop);
        Assert.Equal([runs[0].Run], answer.Keep);
    }

    [Fact]
    public async Task AnotherNode_CanNotCommit()
    {
        var (task, nodes, runs) = await ClaimedAsync(1);
        var sister = await World.SisterAsync(nodes[0]);

        Assert.Equal(CommitOutcome.Invalid, (await World.CommitAsync(sister, runs[0])).Outcome);

        Assert.Equal(RunPhase.Leased, (await World.SeeRunAsync(task)).State.Phase);
    }

    [Fact]
    public async Task Cancelling_EndsWhatIsUnfinished_AndNamesWhoWorksOnIt()
    {
        var collaboration = await World.CollaborationAsync();
        var nodes = new[] { await World.NodeAsync(collaboration), await World.NodeAsync(collaboration), await World.NodeAsync(collaboration) };
        var task = World.TaskFor(await World.AskerAsync(collaboration), collaboration, nodes);
        await World.CreateAsync(task);
        await World.CommitAsync(nodes[0], Assert.Single(await World.ClaimAsync(nodes[0])));
        var working = Assert.Single(await World.ClaimAsync(nodes[1]));

        var answer = await World.Store.CancelAsync(task.Key, "usr_test", World.Cancelled);

        Assert.Equal(TaskOutcome.Partial, answer!.Outcome);
        Assert.Equal([new StopWork(nodes[1].Node, new StopOrder(working.Run, 1, StopReason.Cancelled))], answer.Stop);
        Assert.Empty(await World.ClaimAsync(nodes[2]));
        var late = await World.CommitAsync(nodes[1], working);
        Assert.Equal((CommitOutcome.Superseded, RunOutcome.Cancelled), (late.Outcome, late.Ended));
    }

    [Fact]
    public async Task CancellingTwice_OrWhatHasEnded_ChangesNothing()
    {
        var (task, nodes, runs) = await ClaimedAsync(1);
        await World.CommitAsync(nodes[0], runs[0]);

        for (var i = 0; i < 2; i++)
        {
            var answer = await World.Store.CancelAsync(task.Key, "usr_test", World.Cancelled);
            Assert.Equal(TaskOutcome.Succeeded, answer!.Outcome);
            Assert.Empty(answer.Stop);
        }
    }

    [Fact]
    public async Task CancelAndCommitAtOnce_OneWins_AndBothAreTold()
    {
        var (task, nodes, runs) = await ClaimedAsync(6);

        var commits = nodes.Zip(runs, (node, run) => Task.Run(() => World.CommitAsync(node, run))).ToList();
        var cancel = Task.Run(() => World.Store.CancelAsync(task.Key, "usr_test", World.Cancelled));
        var answers = await Task.WhenAll(commits);
        await cancel;

        var seen = await World.SeeAsync(task);
        foreach (var (run, answer) in runs.Zip(answers))
        {
            Assert.Equal(seen.Runs.Single(r => r.Id == run.Run).State.Outcome, answer.Ended);
        }

        Assert.Equal(TaskLifecycle.Fold([.. seen.Runs.Select(run => run.State)]), seen.Outcome);
    }

    [Fact]
    public async Task ATaskOfAnotherCollaboration_IsNotThere()
    {
        var (task, _, _) = await ClaimedAsync(1);
        var elsewhere = task.Key with { Collaboration = await World.CollaborationAsync() };

        Assert.Null(await World.Store.CancelAsync(elsewhere, "usr_test", World.Cancelled));
        Assert.Null(await World.Store.FindAsync(elsewhere, World.Cancelled));
    }

    private async Task<(NewTask Task, List<WorkingNode> Nodes, List<OwnedRun> Runs)> ClaimedAsync(int count)
    {
        var collaboration = await World.CollaborationAsync();
        var nodes = new List<WorkingNode>();
        for (var i = 0; i < count; i++)
        {
            nodes.Add(await World.NodeAsync(collaboration));
        }

        var task = World.TaskFor(await World.AskerAsync(collaboration), collaboration, nodes);
        await World.CreateAsync(task);
        var runs = new List<OwnedRun>();
        foreach (var node in nodes)
        {
            runs.Add(Assert.Single(await World.ClaimAsync(node)));
        }

        return (task, nodes, runs);
    }
}
