using Npgsql;
using Vantage.Coordinator.Payloads.Blobs;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Payloads;

/// <summary>
/// Removes what nobody is owed any more: payloads past their retention, uploads that stopped halfway, bytes that no task
/// refers to. One replica at a time does it. Losing any pass loses nothing: the next finds the same.
/// </summary>
internal sealed partial class Retention(Database database, IBlobStore store, PayloadSettings settings, TimeProvider time, ILogger<Retention> log)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.RetentionEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await StepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e);
            }
        }
    }

    internal async Task StepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.Leader.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await LeadAsync(connection, cancellationToken))
            return;
        await RemoveExpiredAsync(connection, cancellationToken);
        await MarkUnclaimedAsync(connection, cancellationToken);
        foreach (var upload in await DeleteAbandonedAsync(connection, cancellationToken))
        {
            await store.DropAsync(upload, cancellationToken);
            Failpoint.Pass("retention.dropped");
        }

        // The bytes go while the deleted row still blocks an upload of the same blob. Should the commit fail, the row
        // stays and points nowhere: an upload of the same bytes finds none and puts them back.
        var blobs = await DeleteMarkedAsync(connection, cancellationToken);
        foreach (var blob in blobs)
        {
            await store.DeleteAsync(blob, cancellationToken);
            Failpoint.Pass("retention.deleted");
        }

        await transaction.CommitAsync(cancellationToken);
        if (blobs.Count > 0)
            Failpoint.Pass("retention.stored");
    }

    private static async Task<bool> LeadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_xact_lock(hashtext('vantage retention'))", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task RemoveExpiredAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            WITH due AS (
                SELECT id FROM task WHERE settled_at < now() - $1 AND payloads_removed_at IS NULL
                ORDER BY settled_at LIMIT 1000),
            removed AS (
                UPDATE run_payload SET inline = NULL, removed_at = now()
                WHERE removed_at IS NULL AND run_id IN (SELECT run.id FROM run JOIN due ON run.task_id = due.id))
            UPDATE task SET payloads_removed_at = now() WHERE id IN (SELECT id FROM due)
            """, connection);
        command.Parameters.Add(new() { Value = settings.Retention });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task MarkUnclaimedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("""
            UPDATE blob SET marked_at = now() WHERE marked_at IS NULL AND created_at < now() - $1 AND NOT EXISTS (
                SELECT FROM run_payload p WHERE p.collaboration_id = blob.collaboration_id AND p.digest = blob.digest
                    AND p.removed_at IS NULL)
            """, connection);
        command.Parameters.Add(new() { Value = settings.Unclaimed });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<IReadOnlyList<UploadId>> DeleteAbandonedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var uploads = new List<UploadId>();
        await using var command = new NpgsqlCommand("DELETE FROM upload WHERE expires_at < now() RETURNING id", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            uploads.Add(new(reader.GetGuid(0)));
        return uploads;
    }

    /// <summary>Marked a while ago, and nothing has referred to it since.</summary>
    private static async Task<IReadOnlyList<BlobKey>> DeleteMarkedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var blobs = new List<BlobKey>();
        await using var command = new NpgsqlCommand("""
            DELETE FROM blob WHERE marked_at < now() - interval '10 minutes' AND NOT EXISTS (
                SELECT FROM run_payload p WHERE p.collaboration_id = blob.collaboration_id AND p.digest = blob.digest
                    AND p.removed_at IS NULL)
            RETURNING collaboration_id, digest
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            blobs.Add(new(new(reader.GetGuid(0)), Digest.FromHash(reader.GetFieldValue<byte[]>(1))));
        return blobs;
    }

    [LoggerMessage(LogLevel.Warning, "Payloads past their retention could not be removed; trying again later")]
    private static partial void Failed(ILogger log, Exception e);
}
