using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Approvals;

/// <summary>What can happen to the question at one gate of a run.</summary>
internal abstract record ApprovalEvent
{
    private ApprovalEvent() { }

    /// <summary>The work came to the gate.</summary>
    public sealed record Ask(Approval Question) : ApprovalEvent;

    /// <summary>A person answered.</summary>
    public sealed record Answer(Digest Subject, ApprovalAnswer Given) : ApprovalEvent;

    /// <summary>The clock was looked at.</summary>
    public sealed record Tick : ApprovalEvent;
}

/// <summary>What an event did to it.</summary>
internal abstract record ApprovalTransition
{
    private ApprovalTransition() { }

    public sealed record Moved(Approval State) : ApprovalTransition;

    /// <summary>It had its effect already, or brings no news.</summary>
    public sealed record Absorbed : ApprovalTransition;

    public sealed record Refused(ApprovalRefusal Reason) : ApprovalTransition;
}

/// <summary>Why an answer changes nothing.</summary>
internal enum ApprovalRefusal
{
    NotAsked,

    /// <summary>What is asked about is something else by now: look at it again.</summary>
    OtherSubject,

    AlreadyAnswered,

    /// <summary>Its time is over.</summary>
    TooLate,
}
