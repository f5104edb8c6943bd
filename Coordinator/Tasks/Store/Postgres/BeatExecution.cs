using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>Beats of many nodes in one transaction; most carry no report and cost one update.</summary>
internal static class BeatExecution
{
    public static IReadOnlyList<BeatAnswer> Run(DatabaseSession session, IReadOnlyList<NodeBeat> beats, TimeSpan lease)
    {
        var ordered = beats.OrderBy(beat => beat.Caller.Node.Value).ToList();
        var reports = ordered.SelectMany(beat => beat.Reports.Reverse().DistinctBy(report => report.Run)
            .Select(report => new BeatStatements.Reported(beat.Caller, report))).ToList();
        var commands = new List<NpgsqlBatchCommand>
        {
            BeatStatements.RenewLeases(
                [.. ordered.Select(beat => new BeatStatements.Beat(beat.Caller, beat.Mode, beat.AgentVersion))], lease),
        };
        var looking = ordered.Where(beat => beat.Looks).Select(beat => beat.Caller).ToList();
        if (looking.Count > 0)
        {
            commands.Add(BeatStatements.FindWork(looking));
        }

        if (reports.Count > 0)
        {
            commands.Add(BeatStatements.LockRuns(reports.Select(report => report.Report.Run)));
            commands.Add(BeatStatements.TakeReports(reports));
        }

        var scope = NodeScope.Of(beats.Select(beat => beat.Caller));
        return session.Execute<IReadOnlyList<BeatAnswer>>(scope, commands, reader =>
        {
            var leases = reader.Rows(row => (Node: row.GetGuid(0), Until: row.Time(1)))
                .ToDictionary(row => NodeId.From(row.Node), row => row.Until);
            var work = looking.Count == 0 ? [] : reader.NextRows(row => NodeId.From(row.GetGuid(0))).ToHashSet();
            var runs = reports.Count == 0 ? [] : reader.NextRows(BeatStatements.Locked).ToDictionary();
            var moved = reports.Count == 0 ? null : reader.NextRows(row => (
                Node: NodeId.From(row.GetGuid(0)), Collaboration: CollaborationId.From(row.GetGuid(1))))
                .ToLookup(row => row.Node, row => row.Collaboration);
            return [.. beats.Select(beat => new BeatAnswer(
                LeaseOf(leases, beat.Caller),
                Judge(beat.Caller, beat.Reports, runs).Stop,
                work.Contains(beat.Caller.Node),
                moved is null ? [] : [.. moved[beat.Caller.Node]]))];
        });
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
