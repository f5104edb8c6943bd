using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Audit.Reading;

/// <summary>
/// Reads the trail in its sealed order. Row-level security shows an admin what is theirs to see, the names behind
/// pseudonyms among it: of the people whose accounts they may see, and who were not forgotten.
/// </summary>
internal sealed class AuditReader(Database database)
{
    private const string Sql = """
        SELECT s.sequence, e.at, e.actor, e.action, e.subject, e.collaboration_id, e.organization_id, s.salt, h.hash,
            (SELECT a.name FROM audit_person p JOIN account a ON a.id = p.account_id WHERE p.pseudonym = e.actor),
            (SELECT a.name FROM audit_person p JOIN account a ON a.id = p.account_id WHERE p.pseudonym = e.subject)
        FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id JOIN audit_hash h ON h.level = 0 AND h.index = s.sequence - 1
        WHERE s.sequence > $1 ORDER BY s.sequence LIMIT $2
        """;

    public async Task<Answer<Page<AuditEntry>>> ListAsync(UserCaller caller, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var after = 0L;
        if (cursor is not null && (!long.TryParse(cursor, System.Globalization.NumberStyles.None, null, out after) || after < 0))
            return Refusal.Invalid(("cursor", "not one that this list gave out; leave it out to begin from the start"));
        if (limit is < 1 or > PageRequest.MaxLimit)
            return Refusal.Invalid(("limit", $"between 1 and {PageRequest.MaxLimit}"));
        var shown = limit ?? PageRequest.DefaultLimit;
        var entries = await database.ExecuteAsync(caller.ReachOf(Resource.Audit, Operation.View),
            [new NpgsqlBatchCommand(Sql) { Parameters = { new() { Value = after }, new() { Value = shown + 1, NpgsqlDbType = NpgsqlDbType.Integer } } }],
            static async (reader, ct) =>
            {
                var read = new List<AuditEntry>();
                while (await reader.ReadAsync(ct))
                    read.Add(Entry(reader));
                return read;
            },
            cancellationToken);
        return new Page<AuditEntry>([.. entries.Take(shown)], entries.Count > shown ? entries[shown - 1].Sequence.ToString() : null);
    }

    private static AuditEntry Entry(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetFieldValue<DateTimeOffset>(1),
        row.GetString(2),
        row.GetString(3),
        row.GetString(4),
        row.IsDBNull(5) ? null : new CollaborationId(row.GetGuid(5)),
        row.IsDBNull(6) ? null : new OrganizationId(row.GetGuid(6)),
        row.GetFieldValue<byte[]>(7),
        Digest.FromHash(row.GetFieldValue<byte[]>(8)),
        row.IsDBNull(9) ? null : row.GetString(9),
        row.IsDBNull(10) ? null : row.GetString(10));
}
