using System.Security.Cryptography;
using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Audits;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Audit.Sealing;

/// <summary>
/// Makes what was recorded leaves of the trail's tree and signs a head after each batch, within a second. One replica at a
/// time does it, and reads no further than the oldest transaction that still runs, in the order (xid, id): an entry that
/// commits late comes after, and none is skipped.
/// </summary>
internal sealed partial class Sealer(Database database, SealKey key, RandomNumberGenerator random, TimeProvider time, ILogger<Sealer> log)
    : BackgroundService
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

        var tip = await TrailTip.ReadAsync(connection, cancellationToken);
        var sealing = new SealedBatch(tip, random);
        var count = await AddUnsealedAsync(connection, tip, sealing, cancellationToken);
        if (count > 0)
        {
            await sealing.StoreAsync(connection, key.Key, time.GetUtcNow(), cancellationToken);
            Failpoint.Pass("audit.sealed");
            await transaction.CommitAsync(cancellationToken);
            Failpoint.Pass("audit.stored");
        }

        return count;
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

    private static async Task<int> AddUnsealedAsync(NpgsqlConnection connection, TrailTip tip, SealedBatch sealing, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Unsealed, connection)
        {
            Parameters = { new() { Value = tip.Xid }, new() { Value = tip.Entry } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var count = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            sealing.Add(reader.GetInt64(0), new AuditRecord(
                sealing.Next,
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.IsDBNull(5) ? null : new CollaborationId(reader.GetGuid(5)),
                reader.IsDBNull(6) ? null : new OrganizationId(reader.GetGuid(6)),
                null,
                []));
            count++;
        }

        return count;
    }

    [LoggerMessage(LogLevel.Warning, "The audit trail could not be sealed; trying again")]
    private static partial void Failed(ILogger log, Exception e);

    [LoggerMessage(LogLevel.Information, "The audit trail is sealed again")]
    private static partial void Recovered(ILogger log);
}
