using Microsoft.EntityFrameworkCore;
using Npgsql;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Keys;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Realtime.Waking;
using Vantage.Protocol.Api;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Nodes;

internal sealed class NodeHandlers(Database database, Wakeups wakeups, TimeProvider time)
{
    public async Task<Answer<Page<Node>>> ListAsync(UserCaller caller, PageRequest page, CancellationToken cancellationToken)
    {
        // Not wider than the organization, since row-level security shows members' nodes within a collaboration.
        await using var unit = await database.BeginAsync(caller.ReachOf(Resource.Node, Operation.View).OrganizationsOnly, cancellationToken);
        var rows = await unit.Context.Nodes.AsNoTracking()
            .Where(row => row.Id > page.After)
            .OrderBy(row => row.Id).Take(page.Fetch).ToListAsync(cancellationToken);
        var now = await unit.NowAsync(cancellationToken);
        return page.Of(rows, row => NodeView.Of(row, now), row => new NodeId(row.Id).ToString());
    }

    public async Task<Answer<Node>> GetAsync(UserCaller caller, NodeId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var row = await unit.Context.Nodes.AsNoTracking().FirstOrDefaultAsync(node => node.Id == id.Value, cancellationToken);
        return row is null ? Refusal.NotFound(id)
            : caller.Judge(Resource.Node, Operation.View, Whose.Of(id, new OrganizationId(row.OrganizationId)), id) is { } refusal ? refusal
            : NodeView.Of(row, await unit.NowAsync(cancellationToken));
    }

    public async Task<Answer<Node>> PublishCertificatesAsync(UserCaller caller, NodeId id, PublishCertificates ask,
        CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var row = await unit.Context.Nodes.FirstOrDefaultAsync(node => node.Id == id.Value, cancellationToken);
        if (row is null)
            return Refusal.NotFound(id);
        var owner = new OrganizationId(row.OrganizationId);
        if (caller.Judge(Resource.Node, Operation.Edit, Whose.Of(id, owner), id) is { } refusal)
            return refusal;
        if (row.RevokedAt is not null)
            return new Refusal(Vantage.Protocol.Errors.ErrorCodes.Conflict, $"{id} was revoked. Invite a new node instead.");
        if (row.SigningRequest is null || row.EncryptionRequest is null)
            return new Refusal(Vantage.Protocol.Errors.ErrorCodes.Conflict, $"{id} has not used its enrolment code yet: there is no request to certify.");
        var root = await unit.Context.Organizations.Where(o => o.Id == row.OrganizationId).Select(o => o.Root).FirstAsync(cancellationToken);
        // The keys that the node wants to change to, once it asked for that; until then today's once more.
        var (signing, encryption) = (row.NextSigningRequest ?? row.SigningRequest, row.NextEncryptionRequest ?? row.EncryptionRequest);
        if (CertificateChecks.Check(root,
            Identity.Of(owner, id, CertificatePurpose.Signing), ask.Signing,
            Identity.Of(owner, id, CertificatePurpose.Encryption), ask.Encryption, time.GetUtcNow(),
            KeyRequest.Parse(signing).KeyId, KeyRequest.Parse(encryption).KeyId) is { } untrusted)
        {
            return untrusted;
        }

        NodeRotation.Publish(row, ask);
        await unit.RecordAsync(caller, "node.certify", id, cancellationToken, organization: owner);
        await unit.Context.SaveChangesAsync(cancellationToken);
        var shown = NodeView.Of(row, await unit.NowAsync(cancellationToken));
        await unit.CommitAsync(cancellationToken);
        // A node that changes its keys waits for this.
        wakeups.StatementsChanged();
        return shown;
    }

    /// <summary>For good: its sessions end within a second, and it can never sign in again.</summary>
    public async Task<Answer<Done>> RevokeAsync(UserCaller caller, NodeId id, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var row = await unit.Context.Nodes.FirstOrDefaultAsync(node => node.Id == id.Value, cancellationToken);
        if (row is null)
            return Refusal.NotFound(id);
        var owner = new OrganizationId(row.OrganizationId);
        if (caller.Judge(Resource.Node, Operation.Delete, Whose.Of(id, owner), id) is { } refusal)
            return refusal;
        if (row.RevokedAt is not null)
            return default(Done);
        row.RevokedAt = time.GetUtcNow();
        await using (var sessions = unit.CreateCommand("DELETE FROM node_session WHERE node_id = $1"))
        {
            sessions.Parameters.Add(new NpgsqlParameter { Value = id.Value });
            await sessions.ExecuteNonQueryAsync(cancellationToken);
        }

        await unit.RecordAsync(caller, "node.revoke", id, cancellationToken, organization: owner);
        await unit.CommitAsync(cancellationToken);
        return default(Done);
    }
}
