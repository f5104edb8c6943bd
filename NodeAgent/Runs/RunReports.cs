using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Working;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.NodeAgent.Runs;

/// <summary>What is said of runs: all of them for an inventory, changed ones for a heartbeat.</summary>
internal sealed class RunReports
{
    private readonly Dictionary<RunId, RunReport> told = [];

    /// <summary>Pure: the runs that this node holds, in the order they came.</summary>
    public static IReadOnlyList<RunReport> Of(RunBook book, IReadOnlyList<RunWork> works) =>
    [
        .. book.Live.Values
            .OrderBy(entry => entry.Order)
            .Select(entry => Of(entry, works.FirstOrDefault(work => work.Key == entry.Key))),
    ];

    /// <summary>Those that differ from what was said last.</summary>
    public IReadOnlyList<RunReport> TakeChanges(IReadOnlyList<RunReport> all)
    {
        lock (told)
        {
            var changed = all.Where(report => !told.TryGetValue(report.Run, out var before) || before != report).ToList();
            told.Clear();
            foreach (var report in all)
            {
                told[report.Run] = report;
            }

            return changed;
        }
    }

    private static RunReport Of(RunEntry entry, RunWork? work) => (entry.Stage, work) switch
    {
        (RunStage.Sealed, _) => new(entry.Run, entry.Epoch, RunPhase.Uploading, Waiting: WaitingReason.Uploading),
        (_, { } at) => at.Report,
        // Finished work counts as being sealed: from there on the Coordinator offers the run to nobody else.
        _ when entry.Awaiting is { Gate: ApprovalGate.BeforeRelease } =>
            new(entry.Run, entry.Epoch, RunPhase.Sealing, Waiting: WaitingReason.AwaitingApproval),
        _ when entry.Awaiting is not null => new(entry.Run, entry.Epoch, RunPhase.Preparing, Waiting: WaitingReason.AwaitingApproval),
        _ => new(entry.Run, entry.Epoch, RunPhase.Leased, Waiting: WaitingReason.BehindOtherRuns),
    };
}
