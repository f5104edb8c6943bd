using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Coordinator.Tasks.Store;

/// <summary>Rows hold the numbers of these enums: a member may be added at the end, none may move.</summary>
public sealed class StoredNumbersTests
{
    [Fact]
    public void RunPhases() => Pinned<RunPhase>("Queued Leased Preparing Running Sealing Uploading Ended");

    [Fact]
    public void RunOutcomes() => Pinned<RunOutcome>("Succeeded Failed Refused Cancelled Expired Lost");

    [Fact]
    public void TaskOutcomes() => Pinned<TaskOutcome>("Succeeded Partial Failed Refused Cancelled Expired");

    [Fact]
    public void LostNodePolicies() => Pinned<LostNodePolicy>("Wait Retry Fail");

    [Fact]
    public void TaskTypes() => Pinned<TaskType>("Analysis Inference Dataset Workshop");

    [Fact]
    public void PayloadKinds() => Pinned<PayloadKind>("Input Result Error Log Dataset");

    [Fact]
    public void WaitingReasons() => Pinned<WaitingReason>(
        "None NotBefore NodeNeverSeen NodeOffline NodePaused NodeDraining BehindOtherRuns AwaitingApproval PullingImage "
        + "WaitingForResources Uploading");

    private static void Pinned<T>(string names)
        where T : struct, Enum =>
        Assert.Equal(names.Split(' '), Enumerable.Range(0, names.Split(' ').Length).Select(i => Enum.GetName((T)Enum.ToObject(typeof(T), i))));
}
