using System.Text;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Simulation.Kills;

/// <summary>Prints <c>docs/simulation.md</c>: the table from what happens in the simulator.</summary>
internal static class KillTable
{
    public static string Print()
    {
        var page = new StringBuilder(Introduction);
        foreach (var policy in Enum.GetValues<LostNodePolicy>())
        {
            page.Append("\n### Under `").Append(policy.ToString().ToLowerInvariant()).Append("`\n\n| fault when the run is … | ")
                .AppendJoin(" | ", Kill.States.Keys).Append(" |\n|---|").AppendJoin("|", Kill.States.Keys.Select(_ => "---")).Append("|\n");
            foreach (var fault in Kill.Faults.Keys)
            {
                page.Append("| ").Append(fault).Append(" | ")
                    .AppendJoin(" | ", Kill.States.Keys.Select(state => Cell(Kill.Try(policy, state, fault)))).Append(" |\n");
            }
        }

        return page.ToString();
    }

    private static string Cell(Verdict verdict)
    {
        var run = verdict.Runs.Single();
        return $"{run.State.Outcome}{(run.State.Epoch == 1 ? "" : $", epoch {run.State.Epoch}")}{(verdict.Begun == 1 ? "" : $", ran {verdict.Begun}×")}";
    }

    private const string Introduction =
        """
        # Simulation

        One thread, one virtual clock, one seed: `tests/Vantage.Tests/Simulation` lets whole federations live through minutes of
        faults in milliseconds, and looks at the laws after each thing that happens. `./build test` tries 5,000 histories,
        `./build soak` 1,000,000.

        The last 1,000,000 (seeds 1 to 1,000,000): no law broken; 1,290 million events, 2,972,576 works begun, 22.8 minutes on two
        cores. Runs ended 1,812,753 times in success, 607,985 in failure, 564,682 cancelled, 158,028 expired, 18,150 lost under
        `fail`.

        ## What is real in it

        | part | real | simulated |
        |---|---|---|
        | Coordinator | the store in memory, which passes the conformance suite of the PostgreSQL store; the run table; the desk that answers nodes; the sweeper; the fit of commit and receipt; the waiting reasons | signatures of receipts; the database's connection, which can break off after a commit and before the answer |
        | node | journal, its file format and the files of the outbox; desk, floor, crew, sealer, commit builder, supervisor, the plan of what is next; what is said next on a line | executors, which take their time and end somehow; envelopes and signatures; the courier's retry loop |
        | between | back-off, lease terms, the messages themselves | lines that break with and without a word, messages late, twice and out of order, hints lost |
        | machine | | a disk that keeps what was flushed and, of the rest, as much as a seed says; wall clocks up to ten minutes off and monotonic ones that drift; SIGSTOP |

        What needs the real thing is tested with it: PostgreSQL's own locking by the store's conformance suite, processes by
        [failure-modes.md](failure-modes.md).

        ## Laws

        At any moment: a run has at most one committed result, of the owner of its epoch at that time, and keeps it; epochs only
        grow; what has ended stays as it ended; a task is the fold of its runs; what a node's journal took is there after any crash;
        what a node has finished never runs there again and is sent unchanged; a run is worked on once at a time; without its lease
        a node stops before somebody else may begin; both sides know the same outcome. In the end: everything ends, and under
        `retry` and `fail` within two leases of the node's loss; whatever waits says why.

        A broken law prints its seed, the shortest history that still breaks it, and what happened in it. `VANTAGE_SEED` replays
        it. That the simulator can fail is tested, too: nine rules are broken on purpose, and each is found out.

        ## What becomes of a run

        One run at one node, ten seconds of work, and one fault at exactly that moment; kills, cuts and pauses last 90 s, longer
        than a lease. Printed by a test from what happened.

        - *queued*: the Coordinator has the task. *claimed*: the node's journal has the run. *running*: the Coordinator knows that
          it runs. *sealed*: the result is on the node's disk. *committed*: the Coordinator has it, and the node does not know.
          *acknowledged*: the node knows.
        - An epoch above 1: the run was handed over more than once. *ran n×*: the work was begun so often, always from the start.

        """;
}
