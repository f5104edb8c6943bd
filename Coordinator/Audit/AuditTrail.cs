using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Audit;

/// <summary>
/// Records who did what to which thing, in the transaction that does it: either both stay or neither. The sealer chains
/// and signs afterwards.
/// </summary>
internal static class AuditTrail
{
    private const string Insert =
        "INSERT INTO audit_entry (actor, action, subject, collaboration_id, organization_id) VALUES ($1, $2, $3, $4, $5)";

    /// <summary>One more command for a batch.</summary>
    /// <param name="actor">Who; see <see cref="Caller.Actor"/>.</param>
    /// <param name="action">What, such as <c>node.invite</c>.</param>
    /// <param name="subject">To which: an id.</param>
    /// <param name="collaboration">Whose members' admins may read the entry.</param>
    /// <param name="organization">Whose admins may read it. With neither, only the Coordinator's.</param>
    public static NpgsqlBatchCommand Record(string actor, string action, string subject,
        CollaborationId? collaboration = null, OrganizationId? organization = null) => new(Insert)
        {
            Parameters =
            {
                new() { Value = actor },
                new() { Value = action },
                new() { Value = subject },
                Uuid(collaboration?.Value),
                Uuid(organization?.Value),
            },
        };

    /// <summary>The same within a unit of work, raw or EF Core's.</summary>
    public static Task RecordAsync(this UnitOfWork unit, Caller caller, string action, object subject,
        CancellationToken cancellationToken, CollaborationId? collaboration = null, OrganizationId? organization = null) =>
        unit.RecordAsync(caller.Actor, action, subject, cancellationToken, collaboration, organization);

    public static async Task RecordAsync(this UnitOfWork unit, string actor, string action, object subject,
        CancellationToken cancellationToken, CollaborationId? collaboration = null, OrganizationId? organization = null)
    {
        await using var batch = unit.CreateBatch();
        batch.BatchCommands.Add(Record(actor, action, subject.ToString()!, collaboration, organization));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Uuid(Guid? id) => new() { Value = id ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };
}
