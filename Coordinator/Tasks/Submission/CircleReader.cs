using System.Collections.Concurrent;
using Npgsql;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks.Store.Postgres;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Tasks.Submission;

/// <summary>
/// Reads circles, and remembers each for under a second: busy collaborations ask all the time, and a revoked node or a new
/// root counts within one. Certificates are parsed once.
/// </summary>
internal sealed class CircleReader(Database database, TimeProvider time)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMilliseconds(800);
    private const int MostRemembered = 4096;

    private const string Members =
        """
        SELECT o.id, o.name, o.root FROM collaboration_member m JOIN organization o ON o.id = m.organization_id
        WHERE m.collaboration_id = $1
        """;

    private const string Nodes =
        """
        SELECT n.id, n.organization_id, n.name, n.encryption_certificate, n.signing_certificate, n.revoked_at IS NOT NULL,
            n.former_encryption_certificate, n.former_signing_certificate
        FROM collaboration_member m JOIN node n ON n.organization_id = m.organization_id WHERE m.collaboration_id = $1
        """;

    private const string Studies =
        "SELECT s.study_id, s.organization_id FROM study_organization s WHERE s.collaboration_id = $1";

    private readonly ConcurrentDictionary<CollaborationId, (Circle Circle, DateTimeOffset Until)> circles = new();
    private readonly ConcurrentDictionary<Digest, Certificate> certificates = new();

    public async ValueTask<Circle> ReadAsync(CollaborationId collaboration, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (circles.TryGetValue(collaboration, out var known) && now < known.Until)
        {
            return known.Circle;
        }

        var read = await QueryAsync(collaboration, cancellationToken);
        if (circles.Count >= MostRemembered)
        {
            circles.Clear();
        }

        circles[collaboration] = (read, now + Remembered);
        return read;
    }

    private Task<Circle> QueryAsync(CollaborationId id, CancellationToken cancellationToken) =>
        database.ExecuteAsync(TenantScope.Of(id),
            [
                Sql.Command(Members, Sql.Uuid(id.Value)),
                Sql.Command(Nodes, Sql.Uuid(id.Value)),
                Sql.Command(Studies, Sql.Uuid(id.Value)),
            ],
            async (reader, ct) => new Circle(
                id,
                (await reader.RowsAsync(Member, ct)).ToDictionary(),
                (await reader.NextRowsAsync(Node, ct)).ToDictionary(),
                (await reader.NextRowsAsync(row => (Study: StudyId.From(row.GetGuid(0)), Member: OrganizationId.From(row.GetGuid(1))), ct))
                    .GroupBy(row => row.Study, row => row.Member)
                    .ToDictionary(group => group.Key, IReadOnlySet<OrganizationId> (group) => group.ToHashSet())),
            cancellationToken);

    private KeyValuePair<OrganizationId, PinnedRoot?> Member(NpgsqlDataReader row)
    {
        var id = OrganizationId.From(row.GetGuid(0));
        return new(id, row.IsDBNull(2) ? null : PinnedRoot.Of(id, row.GetString(1), Parse(row.GetFieldValue<byte[]>(2))));
    }

    private KeyValuePair<NodeId, CircleNode> Node(NpgsqlDataReader row) => new(NodeId.From(row.GetGuid(0)), new CircleNode(
        OrganizationId.From(row.GetGuid(1)), row.GetString(2),
        KeyOf(row, 3), KeyOf(row, 4), row.GetBoolean(5), KeyOf(row, 6), KeyOf(row, 7)));

    private KeyId? KeyOf(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : Parse(row.GetFieldValue<byte[]>(column)).KeyId;

    private Certificate Parse(byte[] der)
    {
        if (certificates.Count >= 4 * MostRemembered)
        {
            certificates.Clear();
        }

        return certificates.GetOrAdd(Digest.Of(der), static (_, bytes) => Certificate.Parse(bytes), der);
    }
}
