using Vantage.Benchmarks.Wire;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Benchmarks.Partners;

/// <summary>What nodes say all the time.</summary>
internal static class Beats
{
    public static byte[] Empty { get; } = HubSocket.Message(nameof(INodeHub.Heartbeat), new Heartbeat(NodeMode.Active, []));

    public static byte[] Inventory { get; } = HubSocket.Message(nameof(INodeHub.Reconcile), new Inventory(NodeMode.Active, []));

    public static byte[] ClaimOne { get; } = Claim(1);

    public static byte[] Claim(int max) => HubSocket.Message(nameof(INodeHub.Claim), new ClaimRequest(max));

    public static byte[] Running(IReadOnlyList<RunId> runs) => HubSocket.Message(nameof(INodeHub.Heartbeat),
        new Heartbeat(NodeMode.Active, [.. runs.Select(run => new RunReport(run, 1, RunPhase.Running))]));
}
