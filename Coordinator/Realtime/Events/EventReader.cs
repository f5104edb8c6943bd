using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks.Store.Postgres;
using Vantage.Protocol.Api;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Realtime.Events;

/// <summary>What one watcher wants to hear of.</summary>
internal sealed record EventFilter(IReadOnlySet<CollaborationId> Collaborations, TaskVisibility Seen, TaskId? Task);

/// <param name="Next">Where to go on. Everything before it that the filter lets through has been given.</param>
/// <param name="MoreNow">There is more to read at once.</param>
/// <param name="MoreSoon">Something is committed behind a transaction that still runs.</param>
internal sealed record EventBatch(IReadOnlyList<TaskEvent> Events, EventPosition Next, bool MoreNow, bool MoreSoon);

/// <summary>
/// Reads events in the order of (transaction, event), and only those of transactions older than the oldest one that still
/// runs: a slow commit can then never appear behind a reader's back.
/// </summary>
internal sealed class EventReader(Database database)
{
    private const int Most = 500;

    private const string Read =
        """
        WITH edge AS MATERIALIZED (SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin)
        SELECT edge.xmin, EXISTS (SELECT FROM task_event l WHERE l.xid >= edge.xmin),
            e.xid, e.id, e.at, e.collaboration_id, e.task_id, e.run_id, e.phase, e.outcome, e.code, e.progress, e.waiting,
            e.task_outcome
        FROM edge LEFT JOIN LATERAL (
            SELECT * FROM task_event e
            WHERE (e.xid, e.id) > ($1, $2) AND e.xid < edge.xmin AND e.collaboration_id = ANY ($3)
                AND ($4::uuid IS NULL OR e.task_id = $4)
                AND ($5 OR e.owner_organization = $6 OR EXISTS (
                    SELECT FROM run r WHERE r.task_id = e.task_id AND r.owner_organization = $7) OR EXISTS (
                    SELECT FROM task t WHERE t.id = e.task_id AND t.asked_by_user = $8))
            ORDER BY e.xid, e.id LIMIT $9) e ON true
        ORDER BY e.xid, e.id
        """;

    private const string Edge =
        "SELECT pg_snapshot_xmin(pg_current_snapshot()), h.xid, h.id FROM task_event_horizon h";

    private sealed record Row(ulong Edge, bool Later, EventPosition? Position, TaskEvent? Event);

    /// <summary>Where somebody begins who has seen nothing yet, and the last event that retention has removed.</summary>
    public async Task<(EventPosition Now, EventPosition Horizon)> EdgeAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Unscoped.CreateCommand(Edge);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (EventPosition.Before(reader.GetFieldValue<ulong>(0)), new(reader.GetFieldValue<ulong>(1), reader.GetInt64(2)));
    }

    public async Task<EventBatch> ReadAsync(EventFilter filter, EventPosition after, CancellationToken cancellationToken)
    {
        var rows = await database.ExecuteAsync(TenantScope.Of(filter.Collaborations),
            [
                Sql.Command(Read,
                    new NpgsqlParameter<ulong> { TypedValue = after.Transaction, NpgsqlDbType = NpgsqlDbType.Xid8 },
                    Sql.Long(after.Event),
                    Sql.Uuids(filter.Collaborations.Select(id => id.Value)),
                    Sql.Maybe(NpgsqlDbType.Uuid, filter.Task?.Value),
                    Sql.Maybe(NpgsqlDbType.Boolean, filter.Seen.All),
                    Sql.Maybe(NpgsqlDbType.Uuid, filter.Seen.Asker?.Value),
                    Sql.Maybe(NpgsqlDbType.Uuid, filter.Seen.Target?.Value),
                    Sql.Maybe(NpgsqlDbType.Uuid, filter.Seen.User?.Value),
                    Sql.Int(Most)),
            ],
            (reader, ct) => reader.RowsAsync(Of, ct), cancellationToken);
        var found = rows.Where(row => row.Event is not null).ToList();
        var edge = EventPosition.Before(rows[0].Edge);
        return found.Count == Most
            ? new EventBatch([.. found.Select(row => row.Event!)], found[^1].Position!.Value, MoreNow: true, MoreSoon: false)
            : new EventBatch([.. found.Select(row => row.Event!)], after.IsBefore(edge) ? edge : after, MoreNow: false, rows[0].Later);
    }

    private static Row Of(NpgsqlDataReader row)
    {
        var (edge, later) = (row.GetFieldValue<ulong>(0), row.GetBoolean(1));
        if (row.IsDBNull(2))
        {
            return new Row(edge, later, null, null);
        }

        var position = new EventPosition(row.GetFieldValue<ulong>(2), row.GetInt64(3));
        return new Row(edge, later, position, new TaskEvent(position.ToString(), row.Time(4),
            CollaborationId.From(row.GetGuid(5)), TaskId.From(row.GetGuid(6)),
            row.Maybe<Guid>(7) is { } run ? RunId.From(run) : null,
            (RunPhase?)row.Maybe<short>(8), (RunOutcome?)row.Maybe<short>(9), row.IsDBNull(10) ? null : row.GetString(10),
            row.Maybe<short>(11), (WaitingReason?)row.Maybe<short>(12), (TaskOutcome?)row.Maybe<short>(13)));
    }
}
