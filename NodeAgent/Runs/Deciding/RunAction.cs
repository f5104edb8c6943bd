using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Runs.Deciding;

/// <summary>One thing to do. Doing it twice does no harm.</summary>
internal abstract record RunAction
{
    private RunAction() { }

    /// <summary>Work on it from the start, in an empty folder.</summary>
    public sealed record Begin(RunKey Key) : RunAction;

    /// <summary>Ask the work to stop; once it has, drop it.</summary>
    public sealed record Stop(RunKey Key) : RunAction;

    /// <summary>Write down that it is given up.</summary>
    public sealed record Drop(RunKey Key, DropCause Cause) : RunAction;

    /// <summary>Write down that nobody answered in time.</summary>
    public sealed record Lapse(RunKey Key, Approval Question) : RunAction;

    /// <summary>Upload what is missing, commit.</summary>
    public sealed record Deliver(RunKey Key) : RunAction;

    /// <summary>Its end can't be delivered any more: the manifest has expired.</summary>
    public sealed record GiveUp(RunKey Key) : RunAction;

    /// <summary>Remove its files.</summary>
    public sealed record Sweep(RunKey Key) : RunAction;

    /// <summary>Remove its entry.</summary>
    public sealed record Forget(RunId Run) : RunAction;
}
