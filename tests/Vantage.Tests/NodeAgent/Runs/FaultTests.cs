using System.Security.Cryptography;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.NodeAgent.Doubles;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.NodeAgent.Runs;

/// <summary>Cuts, restarts and second offers: each run is worked on as often as it must, and ends once.</summary>
public sealed class FaultTests
{
    private readonly Alliance alliance = new();

    [Fact]
    public async Task LostCommitReply_IsAskedForAgainAndTheWorkIsNotRepeated()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.SwallowCommitReplies = 2;
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();

        var run = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => IsAcknowledged(node, run), "the commit is acknowledged");

        Assert.Equal(CommitOutcome.AlreadyCommitted, node.Book[run.Question.Run]!.Acknowledgement);
        Assert.Equal(3, run.Attempts.Count);
        Assert.Single(run.Attempts.Select(attempt => attempt.Receipt).Distinct());
        Assert.Equal(1, node.Executor.Begun[run.Question.Run]);
    }

    [Fact]
    public async Task LostClaimReply_IsOfferedAgainByReconciling()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.SwallowClaimReplies = 1;
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();

        var run = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => run.State.HasEnded, "the run ends");

        Assert.Equal((RunOutcome.Succeeded, 2), (run.State.Outcome, run.State.Epoch));
        Assert.Equal(1, node.Executor.Begun[run.Question.Run]);
    }

    [Fact]
    public async Task LostHints_LoseNothing()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.SendsHints = false;
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        await node.EventuallyAsync(() => coordinator.State.IsJoined, "the node is linked");

        var run = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => run.State.HasEnded, "the run ends");

        Assert.Equal(RunOutcome.Succeeded, run.State.Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancel_StopsTheWorkWithOrWithoutAHint(bool hint)
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.SendsHints = hint;
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        node.Executor.WorkForever();

        var run = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => node.Executor.Begun.ContainsKey(run.Question.Run), "the work begins");
        coordinator.State.Cancel(run.Question.Run);
        await node.EventuallyAsync(() => node.Book[run.Question.Run]!.Stage == RunStage.Dropped, "the work is given up");

        Assert.Equal(DropCause.Stopped, node.Book[run.Question.Run]!.Cause);
        Assert.Empty(run.Attempts);
    }

    [Fact]
    public async Task RestartAmidTheWork_RunsItAgainUnderTheSameEpoch()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        node.Executor.WorkForever();
        var run = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => node.Executor.Begun.ContainsKey(run.Question.Run), "the work begins");

        await node.StopAsync();
        node.Executor.Script = (order, _, _) => ScriptedExecutor.SucceedAsync(order, "42"u8.ToArray());
        await node.StartAsync();
        await node.EventuallyAsync(() => run.State.HasEnded, "the run ends");

        Assert.Equal((RunOutcome.Succeeded, 1), (run.State.Outcome, run.State.Epoch));
        Assert.Equal(2, node.Executor.Begun[run.Question.Run]);
        Assert.Single(run.Committed);
    }

    [Fact]
    public async Task FinishedWhileTheCoordinatorWasGone_IsDeliveredAfterARestartAndNotRunAgain()
    {
        var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        var gate = node.Executor.WorkUntilSet();
        var run = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => node.Executor.Begun.ContainsKey(run.Question.Run), "the work begins");

        await coordinator.DisposeAsync();
        gate.SetResult();
        await node.EventuallyAsync(() => node.Book[run.Question.Run]!.Stage == RunStage.Sealed, "the end is sealed");
        await node.StopAsync();
        await using var back = await FakeCoordinator.StartAsync(alliance, coordinator.Url.Port, coordinator.State);
        await node.StartAsync();
        await node.EventuallyAsync(() => run.State.HasEnded, "the run ends");

        Assert.Equal(RunOutcome.Succeeded, run.State.Outcome);
        Assert.Equal(1, node.Executor.Begun[run.Question.Run]);
    }

    [Fact]
    public async Task FinishedRunOfferedAgain_SendsTheSameSealedEndAndNeverRunsAgain()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        var run = await RunTests.OfferAsync(coordinator, node, alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => IsAcknowledged(node, run), "the commit is acknowledged");
        var first = run.Attempts.Single();

        coordinator.State.OfferAgain(run.Question.Run);
        await node.EventuallyAsync(() => run.Attempts.Count == 2, "it is delivered again");

        Assert.Equal(first.Receipt, run.Attempts[1].Receipt);
        Assert.Equal(first.Payloads.Single().Digest, run.Attempts[1].Payloads.Single().Digest);
        Assert.Equal((1, 2), (first.Epoch, run.Attempts[1].Epoch));
        Assert.Equal(1, node.Executor.Begun[run.Question.Run]);
    }

    [Fact]
    public async Task FinishedRunOfferedAgainAfterItWasSwept_EndsHonestlyAndNeverRunsAgain()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        var run = await RunTests.OfferAsync(coordinator, node, alliance.Ask(Partner.Now, m => m with { NotAfter = Partner.Now.AddDays(9) }));
        await node.EventuallyAsync(() => IsAcknowledged(node, run), "the commit is acknowledged");
        node.Clock.Advance(TimeSpan.FromDays(3));
        node.Get<RunDesk>().Changed();
        await node.EventuallyAsync(() => node.Book[run.Question.Run]!.Swept, "its files are swept");

        coordinator.State.OfferAgain(run.Question.Run);
        await node.EventuallyAsync(() => run.Attempts.Count == 2, "it is answered");

        Assert.Equal(RunCodes.FinishedBefore, run.Read(run.Attempts[1]).Code);
        Assert.Equal(RunOutcome.Failed, run.Read(run.Attempts[1]).Outcome);
        Assert.Equal(1, node.Executor.Begun[run.Question.Run]);
    }

    [Fact]
    public async Task LargeResult_GoesUpInPartsAndResumesWhereItWasCut()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        coordinator.State.CutParts = 10;
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        var output = RandomNumberGenerator.GetBytes((20 * FakeRoutes.PartBytes) + 12345);
        node.Executor.Script = (order, _, _) => ScriptedExecutor.SucceedAsync(order, output);

        var run = await RunTests.OfferAsync(coordinator, node, alliance.Ask(Partner.Now));

        Assert.Equal(output, run.Open(alliance, coordinator.State, PayloadKind.Result).Body);
        Assert.Equal(21, coordinator.State.PartsReceived);
        Assert.Equal(1, node.Executor.Begun[run.Question.Run]);
    }

    [Fact]
    public async Task UploadThatTheCoordinatorLost_GoesUpAgain()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        var output = RandomNumberGenerator.GetBytes(3 * FakeRoutes.PartBytes);
        node.Executor.Script = (order, _, _) => ScriptedExecutor.SucceedAsync(order, output);
        coordinator.State.LosesUploadsOnce = true;

        var run = await RunTests.OfferAsync(coordinator, node, alliance.Ask(Partner.Now));

        Assert.Equal(output, run.Open(alliance, coordinator.State, PayloadKind.Result).Body);
        Assert.Equal(2, run.Attempts.Count);
    }

    [Theory]
    [InlineData(LostNodePolicy.Wait, false)]
    [InlineData(LostNodePolicy.Retry, true)]
    [InlineData(LostNodePolicy.Fail, true)]
    public async Task LostLease_StopsTheWorkExactlyIfTheTaskSaysSo(LostNodePolicy policy, bool stops)
    {
        var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        node.Executor.WorkForever();
        var run = coordinator.State.Offer(alliance.Ask(Partner.Now, m => m with { LostNode = policy }));
        await node.EventuallyAsync(() => node.Executor.Begun.ContainsKey(run.Question.Run), "the work begins");

        await coordinator.DisposeAsync();
        await node.EventuallyAsync(() => node.Get<LineHolder>().Current is null, "the link is lost");
        node.Clock.Advance(TimeSpan.FromSeconds(51));
        node.Get<RunDesk>().Changed();
        if (stops)
        {
            await node.EventuallyAsync(() => node.Book[run.Question.Run]!.Stage == RunStage.Dropped, "the work is given up");
        }

        Assert.Equal(stops ? DropCause.LeaseLost : null, node.Book[run.Question.Run]!.Cause);
        Assert.Equal(stops ? 0 : 1, node.Get<RunFloor>().Works.Count);
    }

    [Fact]
    public async Task PastNotAfter_NothingRunsWhoeverIsReachable()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        node.Executor.WorkForever();
        var run = coordinator.State.Offer(alliance.Ask(Partner.Now));
        await node.EventuallyAsync(() => node.Executor.Begun.ContainsKey(run.Question.Run), "the work begins");

        node.Clock.Advance(TimeSpan.FromHours(2));
        node.Get<RunDesk>().Changed();
        await node.EventuallyAsync(() => node.Book[run.Question.Run] is null or { Stage: RunStage.Dropped }, "the work is given up");

        Assert.Empty(node.Get<RunFloor>().Works);
        Assert.Empty(run.Attempts);
    }

    [Fact]
    public async Task RevokedSession_IsRenewedAndNothingIsLost()
    {
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url).StartAsync();
        await RunTests.OfferAsync(coordinator, node, alliance.Ask(Partner.Now));

        coordinator.State.RevokeSessions();
        coordinator.State.AbortAll();
        var run = await RunTests.OfferAsync(coordinator, node, alliance.Ask(Partner.Now), inputInline: false);

        Assert.Equal(RunOutcome.Succeeded, run.State.Outcome);
        Assert.Equal(2, coordinator.State.SignIns);
    }

    private static bool IsAcknowledged(TestNode node, FakeRun run) =>
        node.Book[run.Question.Run] is { Stage: RunStage.Acknowledged };
}
