using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Audit;

/// <summary>Reads the trail in its sealed order. Row-level security shows an admin what is theirs to see.</summary>
internal sealed class AuditReader(Database database)
{
    private const string Sql = """
        SELECT s.sequence, s.seal, e.at, e.actor, e.action, e.subject, e.collaboration_id, e.organization_id
        FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id
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
                    read.Add(Entry(reader, reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1), 2));
                return read;
            },
            cancellationToken);
        return new Page<AuditEntry>([.. entries.Take(shown)], entries.Count > shown ? entries[shown - 1].Sequence.ToString() : null);
    }

    /// <param name="row">From <paramref name="at"/> on: at, actor, action, subject, collaboration, organization.</param>
    /// <param name="sequence">Its place.</param>
    /// <param name="seal">If its batch ends here.</param>
    /// <param name="at">The first column's number.</param>
    internal static AuditEntry Entry(NpgsqlDataReader row, long sequence, string? seal, int at) => new(
        sequence,
        row.GetFieldValue<DateTimeOffset>(at),
        row.GetString(at + 1),
        row.GetString(at + 2),
        row.GetString(at + 3),
        row.IsDBNull(at + 4) ? null : new CollaborationId(row.GetGuid(at + 4)),
        row.IsDBNull(at + 5) ? null : new OrganizationId(row.GetGuid(at + 5)),
        seal);
}
