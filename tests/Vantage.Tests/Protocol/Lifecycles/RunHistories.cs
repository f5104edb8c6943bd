using FsCheck;
using FsCheck.Fluent;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Protocol.Lifecycles;

/// <summary>One thing that happens to a run, and when.</summary>
internal sealed record Step(RunEvent Event, DateTimeOffset At);

/// <summary>Generates what a hostile, lossy and repeating world may do to a run.</summary>
internal static class RunHistories
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset NotAfter = Start.AddMinutes(100);

    public static readonly RunPhase[] Phases = Enum.GetValues<RunPhase>();
    public static readonly RunOutcome[] Outcomes = Enum.GetValues<RunOutcome>();

    /// <summary>Every state a run can be in, for a few epochs.</summary>
    public static IEnumerable<RunState> States =>
        from phase in Phases
        from epoch in new long[] { 0, 1, 3 }
        where epoch > 0 || phase is RunPhase.Queued or RunPhase.Ended
        from outcome in phase == RunPhase.Ended ? Outcomes.Cast<RunOutcome?>() : [null]
        select new RunState(phase, epoch, NotAfter, outcome);

    /// <summary>Every event for epochs around a run's own; numbers that are no phase and no outcome among them.</summary>
    public static IEnumerable<RunEvent> Events(long epoch) =>
        new long[] { epoch - 1, epoch, epoch + 1 }.SelectMany(EventsOf)
            .Concat([new RunEvent.Claim(), new RunEvent.Cancel(), new RunEvent.Tick()]);

    /// <summary>Histories whose clock only moves forward, over both sides of <c>notAfter</c>.</summary>
    public static Arbitrary<Step[]> Any { get; } = Arb.From(
        from minutes in Gen.ArrayOf(Gen.Choose(0, 15))
        from events in Gen.ArrayOf(Gen.Choose(0, 3).SelectMany(epoch => Gen.Elements(Events(epoch).ToArray())), minutes.Length)
        select Timed(events, minutes));

    public static RunState Replay(IEnumerable<Step> steps) =>
        steps.Aggregate(RunState.New(NotAfter), (run, step) => After(run, step.Event, step.At));

    public static RunState After(RunState run, RunEvent happened, DateTimeOffset now) =>
        RunLifecycle.Next(run, happened, now) is RunTransition.Moved moved ? moved.State : run;

    private static IEnumerable<RunEvent> EventsOf(long epoch) =>
        Phases.Append((RunPhase)(-1)).Append((RunPhase)99).Select(RunEvent (phase) => new RunEvent.Report(epoch, phase))
            .Concat(Outcomes.Append((RunOutcome)99).Select(RunEvent (outcome) => new RunEvent.Commit(epoch, outcome)))
            .Concat([new RunEvent.OfferAgain(epoch), new RunEvent.Lose(epoch)]);

    private static Step[] Timed(RunEvent[] events, int[] minutes)
    {
        var at = Start;
        return [.. events.Zip(minutes, (happened, wait) => new Step(happened, at += TimeSpan.FromMinutes(wait)))];
    }
}
