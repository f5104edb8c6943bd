namespace Vantage.Protocol.Lifecycles;

/// <summary>What can happen to a run.</summary>
public abstract record RunEvent
{
    private RunEvent() { }

    /// <summary>A node named in the target asks to own the run.</summary>
    public sealed record Claim : RunEvent;

    /// <summary>The owner says how far it is. Reports only ever move a run forward.</summary>
    public sealed record Report(long Epoch, RunPhase Phase) : RunEvent;

    /// <summary>The owner delivers the one end of this epoch.</summary>
    public sealed record Commit(long Epoch, RunOutcome Outcome) : RunEvent;

    /// <summary>
    /// The run is offered again: the owner's lease lapsed and the task's policy is <c>retry</c>, or the owner itself says
    /// that it does not hold the run (the answer to its claim never arrived).
    /// </summary>
    public sealed record OfferAgain(long Epoch) : RunEvent;

    /// <summary>The owner's lease lapsed and the task's policy is <c>fail</c>.</summary>
    public sealed record Lose(long Epoch) : RunEvent;

    /// <summary>Somebody who may do so no longer wants it.</summary>
    public sealed record Cancel : RunEvent;

    /// <summary>The clock was looked at.</summary>
    public sealed record Tick : RunEvent;
}
