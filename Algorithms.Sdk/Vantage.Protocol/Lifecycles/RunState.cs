namespace Vantage.Protocol.Lifecycles;

/// <summary>All of a run that its lifecycle decides on.</summary>
/// <param name="Phase">Where it is.</param>
/// <param name="Epoch">How often it was handed to a node; 0 before the first claim. Only the latest epoch may act.</param>
/// <param name="NotAfter">The manifest's signed end: ownership ends here whatever else happens.</param>
/// <param name="Outcome">Set if and only if the phase is <see cref="RunPhase.Ended"/>.</param>
public readonly record struct RunState(RunPhase Phase, long Epoch, DateTimeOffset NotAfter, RunOutcome? Outcome = null)
{
    public static RunState New(DateTimeOffset notAfter) => new(RunPhase.Queued, 0, notAfter);

    public bool HasEnded => Phase == RunPhase.Ended;

    internal RunState End(RunOutcome outcome) => this with { Phase = RunPhase.Ended, Outcome = outcome };
}
