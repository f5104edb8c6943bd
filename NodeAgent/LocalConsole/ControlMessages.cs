using System.Text.Json.Serialization;
using Vantage.NodeAgent.Approvals.Desk;
using Vantage.NodeAgent.Disclosure.Memory.Desk;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.NodeAgent.LocalConsole;

/// <summary>What can be asked of a running node by its own machine's admin.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ControlVerb>))]
internal enum ControlVerb
{
    Status,
    Pause,
    Resume,
    Drain,
    Approvals,
    ApprovalOutput,
    Approve,
    Deny,
    Memory,
    MemoryForget,
}

/// <summary>One line of JSON over the control socket.</summary>
internal sealed record ControlRequest(ControlVerb Verb)
{
    public ApprovalWish? Approval { get; init; }

    /// <summary>The source that it is about.</summary>
    public string? Dataset { get; init; }
}

/// <summary>The one line that answers it.</summary>
/// <param name="Message">What was done, or why not.</param>
/// <param name="Status">In answer to verbs about the node as a whole.</param>
internal sealed record ControlReply(string Message, NodeStatus? Status)
{
    public ApprovalReply? Approvals { get; init; }

    public MemoryReply? Memory { get; init; }
}

/// <summary>A running node as its admin sees it.</summary>
/// <param name="Fingerprint">Of its two keys together.</param>
/// <param name="Link">Such as <c>linked by WebSocket</c>, or the fault with what to do.</param>
/// <param name="Pins">The statement in force, or what is wrong with it.</param>
/// <param name="Trouble">What keeps it from claiming, if anything does.</param>
internal sealed record NodeStatus(
    NodeId Node,
    string Name,
    OrganizationId Organization,
    string Fingerprint,
    bool Certified,
    NodeMode Mode,
    bool Linked,
    string Link,
    DateTimeOffset LinkSince,
    string Pins,
    string? Trouble,
    IReadOnlyList<RunStatus> Runs);

internal sealed record RunStatus(RunId Run, long Epoch, RunPhase Phase, int? Progress, WaitingReason Waiting);
