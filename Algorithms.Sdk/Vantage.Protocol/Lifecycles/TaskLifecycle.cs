namespace Vantage.Protocol.Lifecycles;

/// <summary>A task's state is a fold over its runs: <c>Open</c> (null) until all have ended, then settled for good.</summary>
public static class TaskLifecycle
{
    public static TaskOutcome? Fold(IReadOnlyCollection<RunState> runs)
    {
        if (runs.Count == 0)
        {
            throw new ArgumentException("A task has at least one run.", nameof(runs));
        }

        return runs.Any(run => !run.HasEnded) ? null : Settle(runs.Select(run => run.Outcome!.Value).ToHashSet());
    }

    private static TaskOutcome Settle(HashSet<RunOutcome> outcomes) => outcomes switch
    {
        { Count: 1 } when outcomes.Contains(RunOutcome.Succeeded) => TaskOutcome.Succeeded,
        _ when outcomes.Contains(RunOutcome.Succeeded) => TaskOutcome.Partial,
        _ when outcomes.Contains(RunOutcome.Failed) || outcomes.Contains(RunOutcome.Lost) => TaskOutcome.Failed,
        _ when outcomes.Contains(RunOutcome.Cancelled) => TaskOutcome.Cancelled,
        _ when outcomes.Contains(RunOutcome.Expired) => TaskOutcome.Expired,
        _ => TaskOutcome.Refused,
    };
}
