using System.Text;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Protocol.Lifecycles;

/// <summary>Prints <c>docs/lifecycles.md</c> from the tables themselves.</summary>
internal static class LifecycleDocument
{
    private static readonly RunPhase[] Phases = RunHistories.Phases;

    private static readonly (string Name, RunEvent Event)[] Events =
    [
        ("claim", new RunEvent.Claim()),
        .. Phases.Where(phase => phase is not (RunPhase.Queued or RunPhase.Ended))
            .Select(phase => ($"report {phase}", (RunEvent)new RunEvent.Report(1, phase))),
        .. new[] { RunOutcome.Succeeded, RunOutcome.Failed, RunOutcome.Refused, RunOutcome.Cancelled }
            .Select(outcome => ($"commit {outcome}", (RunEvent)new RunEvent.Commit(1, outcome))),
        ("offer again", new RunEvent.OfferAgain(1)),
        ("lose", new RunEvent.Lose(1)),
        ("cancel", new RunEvent.Cancel()),
        ("notAfter passes", new RunEvent.Tick()),
    ];

    public static string Print()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Lifecycles

            Printed from the tables in `Algorithms.Sdk/Vantage.Protocol/Lifecycles` by a test that fails when this page is
            stale (`VANTAGE_PRINT_DOCS=1` makes it print the page anew). Phase and outcome are different things: a run is
            *somewhere* until it has ended, and only then has it ended *somehow*.

            ## A run

            ```mermaid
            stateDiagram-v2
                [*] --> Queued

            """);
        foreach (var arrow in Arrows())
        {
            page.Append("    ").Append(arrow).Append('\n');
        }

        page.Append("    Ended --> [*]\n```\n\n");
        AppendTable(page);
        AppendRefusals(page);
        AppendTask(page);
        return page.ToString();
    }

    private static IEnumerable<string> Arrows() =>
        from phase in Phases
        from row in Events
        let next = Next(phase, row.Event, row.Name)
        where next is RunTransition.Moved
        group row.Name.Split(' ')[0] is "report" ? "report" : row.Name by (phase, ((RunTransition.Moved)next).State.Phase)
        into arrow
        select $"{arrow.Key.phase} --> {arrow.Key.Phase}: {string.Join(", ", arrow.Distinct())}";

    private static void AppendTable(StringBuilder page)
    {
        page.Append("Every event in every phase, the epoch being the run's own. `·` absorbed, `–` refused.\n\n");
        page.Append("| event | ").AppendJoin(" | ", Phases).Append(" |\n|---|").Insert(page.Length, "---|", Phases.Length).Append('\n');
        foreach (var (name, happened) in Events)
        {
            page.Append("| ").Append(name).Append(" | ")
                .AppendJoin(" | ", Phases.Select(phase => Cell(Next(phase, happened, name)))).Append(" |\n");
        }
    }

    private static void AppendRefusals(StringBuilder page)
    {
        page.Append("\nAn event that names another epoch is refused in every phase. A refusal says why:\n\n");
        foreach (var reason in Enum.GetValues<RunRefusal>())
        {
            page.Append("- `").Append(reason).Append("`\n");
        }
    }

    private static void AppendTask(StringBuilder page)
    {
        page.Append("\n## A task\n\nOpen until all its runs have ended, then settled for good:\n\n| its runs' outcomes | the task |\n|---|---|\n");
        var outcomes = Enum.GetValues<RunOutcome>();
        foreach (var (one, other) in outcomes.SelectMany((one, i) => outcomes.Skip(i).Select(other => (one, other))))
        {
            RunState[] runs = [Ended(one), Ended(other)];
            var mix = one == other ? $"all {one}" : $"{one} and {other}";
            page.Append("| ").Append(mix).Append(" | ").Append(TaskLifecycle.Fold(runs)).Append(" |\n");
        }

        page.Append("\nA mix of three or more is judged by the first that applies: some succeeded, some failed or were lost, ")
            .Append("some were\ncancelled, some expired, all refused.\n");
    }

    private static string Cell(RunTransition next) => next switch
    {
        RunTransition.Moved { State: { Outcome: { } outcome } } => $"Ended ({outcome})",
        RunTransition.Moved moved => moved.State.Phase.ToString(),
        RunTransition.Absorbed => "·",
        _ => "–",
    };

    private static RunTransition Next(RunPhase phase, RunEvent happened, string name) => RunLifecycle.Next(
        phase == RunPhase.Ended ? Ended(RunOutcome.Succeeded) : new RunState(phase, 1, RunHistories.NotAfter),
        happened,
        name == "notAfter passes" ? RunHistories.NotAfter : RunHistories.Start);

    private static RunState Ended(RunOutcome outcome) => new(RunPhase.Ended, 1, RunHistories.NotAfter, outcome);
}
