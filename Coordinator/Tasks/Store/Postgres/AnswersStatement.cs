using NpgsqlTypes;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks.Store.Postgres;

/// <summary>What the runs of one task brought, as far as it lies in rows: for who may see the task, which is for the caller to know.</summary>
internal static class AnswersStatement
{
    /// <summary>So many results of 16 KiB at the most make no answer too large.</summary>
    public const int MostRuns = 64;

    // A run has a result or an error, not both.
    private const string Read =
        """
        SELECT t.manifest, r.id, a.receipt, p.kind, p.inline
        FROM task t JOIN run r ON r.task_id = t.id
        LEFT JOIN run_receipt a ON a.run_id = r.id AND a.accepted
        LEFT JOIN run_payload p ON p.run_id = r.id AND p.node_id = coalesce(r.holder, r.node_id) AND p.kind = ANY ($3)
            AND p.removed_at IS NULL
        WHERE t.id = $1 AND t.collaboration_id = $2
        """;

    private static readonly short[] Kinds = [(short)PayloadKind.Result, (short)PayloadKind.Error];

    public static async Task<TaskAnswers?> RunAsync(Database database, TaskKey task, CancellationToken cancellationToken)
    {
        var rows = await database.ExecuteAsync(TenantScope.Of([task.Collaboration]),
            [Sql.Command(Read, Sql.Uuid(task.Task.Value), Sql.Uuid(task.Collaboration.Value), Sql.Array(NpgsqlDbType.Smallint, Kinds))],
            (reader, ct) => reader.RowsAsync(row => (Manifest: row.GetString(0), Run: new RunAnswer(
                RunId.From(row.GetGuid(1)),
                row.IsDBNull(2) ? null : row.GetString(2),
                (PayloadKind?)row.Maybe<short>(3),
                row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4))), ct), cancellationToken);
        return rows is [] ? null : new TaskAnswers(rows[0].Manifest, [.. rows.Select(row => row.Run)]);
    }
}
