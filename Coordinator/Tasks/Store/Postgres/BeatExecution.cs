using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>Beats of many nodes in one transaction; most carry no report and cost one update.</summary>
internal static class BeatExecution
{
    public static async Task<IReadOnlyList<BeatAnswer>> RunAsync(
        Database database, IReadOnlyList<NodeBeat> beats, TimeSpan lease, CancellationToken cancellationToken)
    {
        var ordered = beats.OrderBy(beat => beat.Caller.Node.Value).ToList();
        var reports = ordered.SelectMany(beat => beat.Reports.Reverse().DistinctBy(report => report.Run)
            .Select(report => new BeatStatements.Reported(beat.Caller, report))).ToList();
        var commands = new List<NpgsqlBatchCommand>
        {
            BeatStatements.RenewLeases(
                [.. ordered.Select(beat => new BeatStatements.Beat(beat.Caller, beat.Mode, beat.AgentVersion))], lease),
            BeatStatements.FindWork(ordered.Select(beat => beat.Caller)),
        };
        if (reports.Count > 0)
        {
            commands.Add(BeatStatements.LockRuns(reports.Select(report => report.Report.Run)));
            commands.Add(BeatStatements.TakeReports(reports));
        }

        var scope = NodeScope.Of(beats.Select(beat => beat.Caller));
        return await database.ExecuteAsync<IReadOnlyList<BeatAnswer>>(scope, commands, async (reader, ct) =>
        {
            var leases = (await reader.RowsAsync(row => (Node: row.GetGuid(0), Until: row.Time(1)), ct))
                .ToDictionary(row => NodeId.From(row.Node), row => row.Until);
            var work = (await reader.NextRowsAsync(row => NodeId.From(row.GetGuid(0)), ct)).ToHashSet();
            var runs = reports.Count == 0 ? [] : (await reader.NextRowsAsync(BeatStatements.Locked, ct)).ToDictionary();
            var moved = reports.Count == 0 ? null : (await reader.NextRowsAsync(row => (
                Node: NodeId.From(row.GetGuid(0)), Collaboration: CollaborationId.From(row.GetGuid(1))), ct))
                .ToLookup(row => row.Node, row => row.Collaboration);
            return [.. beats.Select(beat => new BeatAnswer(
                LeaseOf(leases, beat.Caller),
                Judge(beat.Caller, beat.Reports, runs).Stop,
                work.Contains(beat.Caller.Node),
                moved is null ? [] : [.. moved[beat.Caller.Node]]))];
        }, cancellationToken);
    }

    public static DateTimeOffset LeaseOf(Dictionary<NodeId, DateTimeOffset> leases, WorkingNode caller) =>
        leases.TryGetValue(caller.Node, out var until)
            ? until
            : throw new InvalidOperationException($"{caller.Node} has no account any more, or it was revoked.");

    public static (List<StopOrder> Stop, List<RunId> Keep) Judge(
        WorkingNode caller, IReadOnlyList<RunReport> reports, IReadOnlyDictionary<RunId, LockedRun> runs)
    {
        var (stop, keep) = (new List<StopOrder>(), new List<RunId>());
        foreach (var report in reports)
        {
            var run = runs.GetValueOrDefault(report.Run);
            if (Judgement.Of(run?.For(caller), caller.Node, report, run?.Now ?? default).Stop is { } reason)
            {
                stop.Add(new StopOrder(report.Run, report.Epoch, reason));
            }
            else
            {
                keep.Add(report.Run);
            }
        }

        return (stop, keep);
    }
}
