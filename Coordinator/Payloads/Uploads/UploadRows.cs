using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks.Store.Postgres;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Payloads.Uploads;

/// <summary>The SQL of uploads. Each statement runs in a scope of the caller's collaborations.</summary>
internal static class UploadRows
{
    private const string Find =
        """
        SELECT collaboration_id, uploader, digest, size, expires_at, completed_at IS NOT NULL,
            ARRAY(SELECT number FROM upload_part WHERE upload_id = $1 ORDER BY number),
            ARRAY(SELECT digest FROM upload_part WHERE upload_id = $1 ORDER BY number)
        FROM upload WHERE id = $1
        """;

    private const string Touch = "UPDATE upload SET expires_at = now() + $2 WHERE id = $1 AND completed_at IS NULL";

    private const string AddPart =
        """
        INSERT INTO upload_part (upload_id, number, collaboration_id, owner_organization, digest)
        SELECT id, $2, $3, $4, $5 FROM upload WHERE id = $1 AND completed_at IS NULL ON CONFLICT DO NOTHING
        """;

    /// <summary>As it stands, without waiting for a part that is being recorded.</summary>
    public static async Task<UploadRow?> FindAsync(
        Database database, TenantScope scope, UploadId id, CancellationToken cancellationToken) =>
        (await database.ExecuteAsync(scope, [Sql.Command(Find, Sql.Uuid(id.Value))],
            (reader, ct) => reader.RowsAsync(row => Read(id, row), ct), cancellationToken)).SingleOrDefault();

    public static async Task<UploadRow?> LockAsync(UnitOfWork work, UploadId id, CancellationToken cancellationToken)
    {
        await using var command = work.CreateCommand($"{Find} FOR UPDATE");
        command.Parameters.Add(new() { Value = id.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Read(id, reader) : null;
    }

    /// <summary>Null if the quota has no room; the sum is taken under a lock, so that two uploads can't share one gap.</summary>
    public static async Task<bool> InsertAsync(UnitOfWork work, UploadId id, StartUpload start, Guid uploader,
        OrganizationId owner, PayloadSettings settings, CancellationToken cancellationToken)
    {
        await using var batch = work.CreateBatch();
        batch.BatchCommands.Add(new("SELECT pg_advisory_xact_lock(hashtextextended('quota ' || $1::text, 0))")
        {
            Parameters = { new() { Value = start.Collaboration.Value } },
        });
        batch.BatchCommands.Add(new("""
            INSERT INTO upload (id, collaboration_id, owner_organization, uploader, digest, size, expires_at)
            SELECT $1, $2, $3, $4, $5, $6, now() + $7
            WHERE $6 + coalesce((SELECT sum(size) FROM blob WHERE collaboration_id = $2), 0)
                + coalesce((SELECT sum(size) FROM upload WHERE collaboration_id = $2 AND completed_at IS NULL), 0) <= $8
            """)
        {
            Parameters =
            {
                new() { Value = id.Value }, new() { Value = start.Collaboration.Value }, new() { Value = owner.Value },
                new() { Value = uploader }, new() { Value = start.Digest.ToBytes() }, new() { Value = start.Size },
                new() { Value = settings.UploadRest }, new() { Value = settings.QuotaBytes },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return batch.BatchCommands[1].RecordsAffected == 1;
    }

    /// <summary>
    /// Records a part, and returns what is there then. Touching the upload locks it: of two parts that arrive at once, one
    /// sees the other, so that they can't both believe that they were not the last.
    /// </summary>
    public static async Task<UploadRow?> AddPartAsync(Database database, UploadRow upload, int number, Digest digest,
        OrganizationId owner, TimeSpan rest, CancellationToken cancellationToken) =>
        (await database.ExecuteAsync(TenantScope.Of(upload.Collaboration),
            [
                Sql.Command(Touch, Sql.Uuid(upload.Id.Value), Sql.Interval(rest)),
                Sql.Command(AddPart, Sql.Uuid(upload.Id.Value), Sql.Int(number), Sql.Uuid(upload.Collaboration.Value),
                    Sql.Uuid(owner.Value), Sql.Bytes(digest.ToBytes())),
                Sql.Command(Find, Sql.Uuid(upload.Id.Value)),
            ],
            (reader, ct) => reader.RowsAsync(row => Read(upload.Id, row), ct), cancellationToken)).SingleOrDefault();

    /// <summary>What was uploaded was not what had been announced: everything has to come again.</summary>
    public static async Task ForgetPartsAsync(UnitOfWork work, UploadId id, CancellationToken cancellationToken)
    {
        await using var command = work.CreateCommand("DELETE FROM upload_part WHERE upload_id = $1");
        command.Parameters.Add(new() { Value = id.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Claims the blob's row. It waits for a deletion of the same blob that is under way, so that the bytes that are put in
    /// place afterwards stay.
    /// </summary>
    public static async Task InsertBlobAsync(UnitOfWork work, UploadRow upload, OrganizationId owner, CancellationToken cancellationToken)
    {
        await using var command = work.CreateCommand("""
            INSERT INTO blob (collaboration_id, digest, size, owner_organization) VALUES ($1, $2, $3, $4)
            ON CONFLICT (collaboration_id, digest) DO UPDATE SET marked_at = NULL, created_at = now()
            """);
        command.Parameters.Add(new() { Value = upload.Collaboration.Value });
        command.Parameters.Add(new() { Value = upload.Digest.ToBytes() });
        command.Parameters.Add(new() { Value = upload.Size });
        command.Parameters.Add(new() { Value = owner.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task CompleteAsync(UnitOfWork work, UploadId id, CancellationToken cancellationToken)
    {
        await using var command = work.CreateCommand("UPDATE upload SET completed_at = now() WHERE id = $1");
        command.Parameters.Add(new() { Value = id.Value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static UploadRow Read(UploadId id, NpgsqlDataReader reader)
    {
        var digests = reader.GetFieldValue<byte[][]>(7);
        return new(id, new(reader.GetGuid(0)), reader.GetGuid(1), Digest.FromHash(reader.GetFieldValue<byte[]>(2)),
            reader.GetInt64(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetBoolean(5),
            [.. reader.GetFieldValue<int[]>(6).Select((number, i) => (number, Digest.FromHash(digests[i])))]);
    }
}
