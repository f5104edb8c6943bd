using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Realtime.Waking;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;

namespace Vantage.Coordinator.Keys;

/// <summary>
/// Keeps the newest list of each organization. That it is well signed, and newer than the last, is checked here to keep
/// mistakes out early; whoever relies on a list checks it again.
/// </summary>
internal sealed class RevocationHandlers(Database database, Wakeups wakeups, TimeProvider time)
{
    public async Task<Answer<Page<RevocationList>>> ListAsync(Caller caller, PageRequest page, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var rows = await unit.Context.KeyRevocations.AsNoTracking().Where(row => row.OrganizationId > page.After)
            .OrderBy(row => row.OrganizationId).Take(page.Fetch).ToListAsync(cancellationToken);
        return page.Of(rows, Show, row => new OrganizationId(row.OrganizationId).ToString());
    }

    public async Task<Answer<RevocationList>> PublishAsync(UserCaller caller, OrganizationId id, PublishRevocations ask,
        CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.Organization, Operation.View), cancellationToken);
        var organization = await unit.Context.Organizations.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id.Value, cancellationToken);
        if (organization is null)
            return Refusal.NotFound(id);
        if (caller.Judge(Resource.Organization, Operation.Edit, Whose.Of(id)) is { } refusal)
            return refusal;
        if (organization.Root is not { } root)
            return new Refusal(ErrorCodes.RootMissing, $"{id} has not published its root yet. Its admin does that first: vantage keys init.");
        var row = await unit.Context.KeyRevocations.FirstOrDefaultAsync(known => known.OrganizationId == id.Value, cancellationToken);
        KeyRevocations list;
        try
        {
            list = Verify(ask.Statement, id, root, row?.Statement);
        }
        catch (TrustException e)
        {
            return new Refusal(e.Code == "superseded" ? ErrorCodes.Conflict : ErrorCodes.SignatureInvalid, e.Message);
        }

        if (row is null)
        {
            row = new RevocationRow { OrganizationId = id.Value, Statement = list.Jws };
            unit.Context.Add(row);
        }

        (row.Serial, row.NotAfter, row.Statement) = (list.Statement.Serial, list.Statement.NotAfter, list.Jws);
        row.Mark = await NextMarkAsync(unit, cancellationToken);
        await unit.RecordAsync(caller, "keys.publish-revocations", id, cancellationToken, organization: id);
        try
        {
            await unit.CommitAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || e.IsDuplicate("key_revocations_pkey"))
        {
            return new Refusal(ErrorCodes.Conflict, $"Another list of {id} was published at this moment. Publish yours again.");
        }

        wakeups.StatementsChanged();
        return Show(row);
    }

    private KeyRevocations Verify(string statement, OrganizationId id, byte[] root, string? before)
    {
        var roots = new PinnedRoots([PinnedRoot.Of(Certificate.Parse(root))]);
        var now = time.GetUtcNow();
        var list = KeyRevocations.Verify(statement, roots, now, before is null ? null : Earlier(before, roots));
        return list.Statement.Issuer == id && list.HoldsAt(now)
            ? list
            : throw new CertificateException(CertificateFault.RootNotPinned,
                $"The list is of {list.Statement.Issuer} until {list.Statement.NotAfter:u}; a list of {id} that holds now is wanted.");
    }

    /// <summary>What was published under a root that was replaced since binds nobody any more.</summary>
    private static KeyRevocations? Earlier(string statement, PinnedRoots roots)
    {
        try
        {
            var issued = SignedDocument.ReadUnverified(statement, SignedJson.Default.KeyRevocationStatement).IssuedAt;
            return KeyRevocations.Verify(statement, roots, issued);
        }
        catch (TrustException)
        {
            return null;
        }
    }

    private static async Task<long> NextMarkAsync(UnitOfWork unit, CancellationToken cancellationToken)
    {
        await using var next = unit.CreateCommand("SELECT nextval('statement_mark')");
        return (long)(await next.ExecuteScalarAsync(cancellationToken))!;
    }

    private static RevocationList Show(RevocationRow row) =>
        new(new OrganizationId(row.OrganizationId), row.Serial, row.NotAfter, row.Statement);
}
