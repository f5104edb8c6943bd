using static Vantage.Protocol.Lifecycles.RunPhase;

namespace Vantage.Protocol.Lifecycles;

/// <summary>
/// The one table that moves runs. Coordinator, node and simulator share it; SQL accepts the same pairs.
/// Terminal phases absorb duplicates; time alone ends every other phase; an older epoch changes nothing.
/// </summary>
public static class RunLifecycle
{
    public static RunTransition Next(RunState run, RunEvent happened, DateTimeOffset now) => (run.Phase, happened) switch
    {
        // Cancelling what has ended is too late, and harmless; a commit that meets its own echo is absorbed.
        (Ended, RunEvent.Cancel or RunEvent.Tick) => Absorbed,
        (Ended, RunEvent.Commit c) when c.Epoch == run.Epoch && c.Outcome == run.Outcome => Absorbed,
        (Ended, RunEvent.Lose l) when l.Epoch == run.Epoch && run.Outcome == RunOutcome.Lost => Absorbed,
        (Ended, _) => Refused(RunRefusal.AlreadyEnded),

        (_, RunEvent.Tick) => now >= run.NotAfter ? Moved(run.End(RunOutcome.Expired)) : Absorbed,
        (_, RunEvent.Cancel) => Moved(run.End(RunOutcome.Cancelled)),
        _ when now >= run.NotAfter => Refused(RunRefusal.PastNotAfter),

        (Queued, RunEvent.Claim) => Moved(run with { Phase = Leased, Epoch = run.Epoch + 1 }),
        (_, RunEvent.Claim) => Refused(RunRefusal.AlreadyClaimed),

        (_, RunEvent.Report r) when r.Epoch != run.Epoch => Refused(RunRefusal.StaleEpoch),
        (_, RunEvent.Commit c) when c.Epoch != run.Epoch => Refused(RunRefusal.StaleEpoch),
        (_, RunEvent.OfferAgain o) when o.Epoch != run.Epoch => Refused(RunRefusal.StaleEpoch),
        (_, RunEvent.Lose l) when l.Epoch != run.Epoch => Refused(RunRefusal.StaleEpoch),

        (Queued, RunEvent.OfferAgain) => Absorbed,
        (Queued, _) => Refused(RunRefusal.NotClaimed),

        // Named one by one: a peer may send a number that is no phase and no outcome.
        (_, RunEvent.Report { Phase: not (Leased or Preparing or Running or Sealing or Uploading) }) =>
            Refused(RunRefusal.OutOfOrder),
        (_, RunEvent.Report r) => r.Phase > run.Phase ? Moved(run with { Phase = r.Phase }) : Absorbed,

        (_, RunEvent.Commit c) when c.Outcome
            is RunOutcome.Succeeded or RunOutcome.Failed or RunOutcome.Refused or RunOutcome.Cancelled =>
            Moved(run.End(c.Outcome)),
        (_, RunEvent.Commit) => Refused(RunRefusal.NotANodesOutcome),

        // A sealed result may lie on the lost node's disk: from Sealing on the run waits for it until notAfter.
        (Leased or Preparing or Running, RunEvent.OfferAgain) => Moved(run with { Phase = Queued }),
        (_, RunEvent.OfferAgain) => Refused(RunRefusal.OutOfOrder),

        (_, RunEvent.Lose) => Moved(run.End(RunOutcome.Lost)),

        _ => throw new InvalidOperationException($"The run table has no row for {happened} in {run.Phase}."),
    };

    private static readonly RunTransition Absorbed = new RunTransition.Absorbed();

    private static RunTransition.Moved Moved(RunState state) => new(state);

    private static RunTransition.Refused Refused(RunRefusal reason) => new(reason);
}
