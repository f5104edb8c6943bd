using System.Text.Json.Serialization;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Hub;

/// <summary>The first words of a node: which versions of this protocol it speaks.</summary>
public sealed record Hello(int Min, int Max, IReadOnlyList<string> Features, string AgentVersion);

/// <summary>The Coordinator's answer.</summary>
/// <param name="Version">The highest version both speak. If there is none, the call fails with <c>protocol-version</c>.</param>
/// <param name="HeartbeatSeconds">Send a heartbeat this often.</param>
/// <param name="LeaseSeconds">Without one for this long, the node counts as gone.</param>
/// <param name="ReconcileSeconds">Send the inventory this often, besides on connect.</param>
/// <param name="InlineBytes">Payloads up to this size travel inside claim and commit.</param>
public sealed record Welcome(
    int Version,
    IReadOnlyList<string> Features,
    NodeId Node,
    int HeartbeatSeconds,
    int LeaseSeconds,
    int ReconcileSeconds,
    int InlineBytes,
    DateTimeOffset Now);

/// <summary>What a node is willing to do.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NodeMode>))]
public enum NodeMode
{
    /// <summary>Claims and works.</summary>
    Active,

    /// <summary>Claims nothing; works on with what it has.</summary>
    Paused,

    /// <summary>Claims nothing and finishes what it has, on its way to stopping.</summary>
    Draining,
}
