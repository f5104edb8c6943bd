using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;

namespace Vantage.Coordinator.Audit;

/// <summary>
/// Chains what was recorded and signs the end of each batch, within a second. One replica at a time does it, and reads no
/// further than the oldest transaction that still runs, in the order (xid, id): an entry that commits late comes after,
/// and none is skipped.
/// </summary>
internal sealed partial class Sealer(Database database, SealKey key, TimeProvider time, ILogger<Sealer> log) : BackgroundService
{
    private const int Batch = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private const string Unsealed = """
        SELECT e.id, e.at, e.actor, e.action, e.subject, e.collaboration_id, e.organization_id
        FROM audit_entry e
        WHERE e.xid < pg_snapshot_xmin(pg_current_snapshot()) AND (e.xid, e.id) > ($1::text::xid8, $2)
        ORDER BY e.xid, e.id LIMIT 1000
        """;

    /// <summary>How many were sealed. Null: another replica is at it.</summary>
    internal async Task<int?> StepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Leader.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var alone = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(hashtext('vantage audit'))", connection, transaction))
        {
            if (!(bool)(await alone.ExecuteScalarAsync(cancellationToken))!)
                return null;
        }

        var last = await LastAsync(connection, cancellationToken);
        var entries = await UnsealedAsync(connection, last, cancellationToken);
        if (entries.Count > 0)
        {
            await InsertAsync(connection, entries, last.Hash, cancellationToken);
            Failpoint.Pass("audit.sealed");
            await transaction.CommitAsync(cancellationToken);
            Failpoint.Pass("audit.stored");
        }

        return entries.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        var failing = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await StepAsync(stoppingToken) == Batch)
                {
                    // There is more.
                }

                if (failing)
                    Recovered(log);
                failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing)
                    Failed(log, e);
                failing = true;
            }
        }
    }

    private static async Task<(long Sequence, byte[] Hash, string Xid, long Entry)> LastAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            SELECT s.sequence, s.hash, e.xid::text, e.id FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id
            ORDER BY s.sequence DESC LIMIT 1
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetString(2), reader.GetInt64(3))
            : (0, AuditChain.Beginning, "0", 0);
    }

    private static async Task<List<(long Id, AuditEntry Entry)>> UnsealedAsync(NpgsqlConnection connection,
        (long Sequence, byte[] Hash, string Xid, long Entry) last, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Unsealed, connection)
        {
            Parameters = { new() { Value = last.Xid }, new() { Value = last.Entry } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<(long, AuditEntry)>();
        while (await reader.ReadAsync(cancellationToken))
            entries.Add((reader.GetInt64(0), AuditReader.Entry(reader, last.Sequence + entries.Count + 1, null, 1)));
        return entries;
    }

    private async Task InsertAsync(NpgsqlConnection connection, List<(long Id, AuditEntry Entry)> entries, byte[] hash, CancellationToken cancellationToken)
    {
        var hashes = new List<byte[]>(entries.Count);
        foreach (var (_, entry) in entries)
        {
            hash = AuditChain.Next(hash, entry);
            hashes.Add(hash);
        }

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            INSERT INTO audit_seal (sequence, entry_id, collaboration_id, organization_id, hash, seal)
            SELECT i.*, CASE WHEN i.entry_id = $6 THEN $7 END
            FROM unnest($1, $2, $3, $4, $5) AS i(sequence, entry_id, collaboration_id, organization_id, hash)
            """)
        {
            Parameters =
            {
                Column(NpgsqlDbType.Bigint, entries.Select(sealing => sealing.Entry.Sequence)),
                Column(NpgsqlDbType.Bigint, entries.Select(sealing => sealing.Id)),
                Column(NpgsqlDbType.Uuid, entries.Select(sealing => sealing.Entry.Collaboration?.Value)),
                Column(NpgsqlDbType.Uuid, entries.Select(sealing => sealing.Entry.Organization?.Value)),
                Column(NpgsqlDbType.Bytea, hashes),
                new NpgsqlParameter<long> { TypedValue = entries[^1].Id },
                new NpgsqlParameter<string> { TypedValue = key.Seal(hash) },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter<T[]> Column<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | type };

    [LoggerMessage(LogLevel.Warning, "The audit trail could not be sealed; trying again")]
    private static partial void Failed(ILogger log, Exception e);

    [LoggerMessage(LogLevel.Information, "The audit trail is sealed again")]
    private static partial void Recovered(ILogger log);
}
