using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>One node's inventory against what it should hold. Two round trips: which runs those are has to be read first.</summary>
internal static class ReconcileExecution
{
    private const string Held =
        """
        SELECT r.id FROM run r WHERE r.holder = $1 AND r.owner_organization = $2 AND r.collaboration_id = ANY ($3)
            AND r.live AND NOT r.queued
        """;

    public static async Task<InventoryAnswer> RunAsync(
        Database database, NodeInventory inventory, TimeSpan lease, CancellationToken cancellationToken)
    {
        var caller = inventory.Caller;
        var scope = NodeScope.Of([caller]);
        var held = await database.ExecuteAsync(scope,
            [Sql.Command(Held, Sql.Uuid(caller.Node.Value), Sql.Uuid(caller.Organization.Value),
                Sql.Uuids(caller.Collaborations.Select(id => id.Value)))],
            (reader, ct) => reader.RowsAsync(row => RunId.From(row.GetGuid(0)), ct), cancellationToken);
        var reports = inventory.Runs.Reverse().DistinctBy(report => report.Run).ToList();
        var lacking = held.Except(reports.Select(report => report.Run)).Except(inventory.JustClaimed).ToList();
        return await database.ExecuteAsync(scope,
            [
                BeatStatements.RenewLeases([new(caller, inventory.Mode, inventory.AgentVersion)], lease),
                BeatStatements.LockRuns(reports.Select(report => report.Run).Concat(lacking)),
                BeatStatements.TakeReports([.. reports.Select(report => new BeatStatements.Reported(caller, report))]),
                BeatStatements.OfferRunsAgain(caller, lacking),
                BeatStatements.FindWork([caller]),
            ],
            async (reader, ct) =>
            {
                var leases = (await reader.RowsAsync(row => (Node: NodeId.From(row.GetGuid(0)), Until: row.Time(1)), ct))
                    .ToDictionary(row => row.Node, row => row.Until);
                var runs = (await reader.NextRowsAsync(BeatStatements.Locked, ct)).ToDictionary();
                var moved = await reader.NextRowsAsync(row => CollaborationId.From(row.GetGuid(1)), ct);
                var again = await reader.NextRowsAsync(
                    row => (Run: RunId.From(row.GetGuid(0)), Collaboration: CollaborationId.From(row.GetGuid(1))), ct);
                var work = await reader.NextRowsAsync(row => row.GetGuid(0), ct);
                var (stop, keep) = BeatExecution.Judge(caller, reports, runs);
                return new InventoryAnswer(keep, stop, [.. again.Select(row => row.Run)], work.Count > 0,
                    BeatExecution.LeaseOf(leases, caller),
                    [.. moved.Concat(again.Select(row => row.Collaboration)).Distinct()]);
            }, cancellationToken);
    }
}
