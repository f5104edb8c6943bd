using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.Tasks.Views;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Coordinator.Tasks.Views;

public sealed class WaitingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Created = Now.AddMinutes(-10);
    private static readonly NodePresence Present = new(NodeMode.Active, Now.AddHours(-1), Now.AddSeconds(30));

    [Fact]
    public void AnEndedRun_WaitsForNothing() =>
        Assert.Equal((WaitingReason.None, null), Of(Run(RunPhase.Ended, Present)));

    [Fact]
    public void BeforeNotBefore_ThatIsTheReason_WhateverTheNodeDoes() =>
        Assert.Equal((WaitingReason.NotBefore, Created), Of(Run(RunPhase.Queued, Gone(1)), notBefore: Now.AddMinutes(1)));

    [Fact]
    public void ANodeThatNeverCame_IsNamedSinceTheRunWasOffered() =>
        Assert.Equal((WaitingReason.NodeNeverSeen, Created), Of(Run(RunPhase.Queued, new(NodeMode.Active, null, null))));

    [Fact]
    public void ANodeThatWentBeforeTheTaskCame_IsOfflineSinceTheTask() =>
        Assert.Equal((WaitingReason.NodeOffline, Created), Of(Run(RunPhase.Queued, Gone(60))));

    [Fact]
    public void ANodeThatWentLater_IsOfflineSinceItsLeaseEnded() =>
        Assert.Equal((WaitingReason.NodeOffline, Now.AddMinutes(-2)), Of(Run(RunPhase.Queued, Gone(2))));

    [Fact]
    public void ARunHeldByANodeThatWentAway_WaitsForIt_WhateverItReportedLast() =>
        Assert.Equal((WaitingReason.NodeOffline, Now.AddMinutes(-2)),
            Of(Run(RunPhase.Running, Gone(2)) with { Reported = WaitingReason.PullingImage }));

    [Theory]
    [InlineData(NodeMode.Paused, WaitingReason.NodePaused)]
    [InlineData(NodeMode.Draining, WaitingReason.NodeDraining)]
    public void ANodeThatClaimsNothing_IsNamedSinceItSaidSo(NodeMode mode, WaitingReason reason) =>
        Assert.Equal((reason, Now.AddMinutes(-3)),
            Of(Run(RunPhase.Queued, Present with { Mode = mode, ModeSince = Now.AddMinutes(-3) })));

    [Fact]
    public void AWillingNodeThatDoesNotClaim_IsBusyWithOthers() =>
        Assert.Equal((WaitingReason.BehindOtherRuns, Created), Of(Run(RunPhase.Queued, Present)));

    [Fact]
    public void ARunOfferedAMomentAgo_DoesNotWaitYet() =>
        Assert.Equal((WaitingReason.None, null), Of(Run(RunPhase.Queued, Present) with { UpdatedAt = Now.AddSeconds(-1) }));

    [Fact]
    public void WhatTheNodeReports_IsShownWhileItIsThere() =>
        Assert.Equal((WaitingReason.AwaitingApproval, Now.AddMinutes(-5)), Of(Run(RunPhase.Preparing, Present) with
        {
            Reported = WaitingReason.AwaitingApproval,
            ReportedSince = Now.AddMinutes(-5),
        }));

    private static (WaitingReason, DateTimeOffset?) Of(RunSnapshot run, DateTimeOffset? notBefore = null) =>
        Waiting.Of(run, Created, notBefore ?? Created, Now);

    private static NodePresence Gone(int minutesAgo) => new(NodeMode.Active, Now.AddHours(-2), Now.AddMinutes(-minutesAgo));

    private static RunSnapshot Run(RunPhase phase, NodePresence presence) => new(
        RunId.New(TimeProvider.System), OrganizationId.New(TimeProvider.System), NodeId.New(TimeProvider.System), null,
        new RunState(phase, 1, Now.AddDays(1), phase == RunPhase.Ended ? RunOutcome.Succeeded : null), null, null,
        WaitingReason.None, null, Created, presence, []);
}
