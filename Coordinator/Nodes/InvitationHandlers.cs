using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Nodes;

internal sealed class InvitationHandlers(Database database, NodeSettings settings, TimeProvider time, RandomNumberGenerator random)
{
    /// <summary>
    /// A new node with its one-time code. Inviting a name whose code was never used gives a new code for the same node, and
    /// the old one no longer works: codes expire and get lost.
    /// </summary>
    public async Task<Answer<InvitedNode>> InviteAsync(UserCaller caller, InviteNode ask, CancellationToken cancellationToken)
    {
        if ((ask.Organization ?? caller.Organization) is not { } owner)
            return Refusal.Invalid(("organization", "whose node it is, since you belong to none"));
        if (caller.Judge(Resource.Node, Operation.Create, Whose.Of(owner)) is { } refusal)
            return refusal;
        if (Names.Check("name", ask.Name).ToList() is { Count: > 0 } broken)
            return Refusal.Invalid(broken);
        await using var unit = await database.BeginAsync(caller.Within(TenantScope.Of(owner)), cancellationToken);
        if (!await unit.Context.Organizations.AnyAsync(row => row.Id == owner.Value, cancellationToken))
            return Refusal.NotFound(owner);
        var code = EnrolmentCode.Create(random);
        var expires = time.GetUtcNow() + settings.CodeLife;
        var waiting = await FindWaitingAsync(unit, owner, ask.Name, cancellationToken);
        var node = waiting ?? new NodeRow { Id = NodeId.New(time).Value, OrganizationId = owner.Value, Name = ask.Name };
        if (waiting is null)
        {
            unit.Context.Add(node);
            unit.Context.Add(new EnrolmentRow { NodeId = node.Id, OrganizationId = owner.Value, CodeHash = code.Hash, ExpiresAt = expires });
        }
        else if (await ReplaceCodeAsync(unit, node.Id, code, expires, cancellationToken) == 0)
        {
            return Refusal.NameTaken("a node of this organization", ask.Name);
        }

        await unit.RecordAsync(caller, "node.invite", new NodeId(node.Id), cancellationToken, organization: owner);
        try
        {
            await unit.Context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsDuplicate("node_name"))
        {
            return Refusal.NameTaken("a node of this organization", ask.Name);
        }

        var shown = NodeView.Of(node, await unit.NowAsync(cancellationToken));
        await unit.CommitAsync(cancellationToken);
        return new InvitedNode(shown, code.Reveal(), expires);
    }

    private static Task<NodeRow?> FindWaitingAsync(UnitOfWork unit, OrganizationId owner, string name, CancellationToken cancellationToken) =>
        unit.Context.Nodes.AsNoTracking().FirstOrDefaultAsync(
            row => row.OrganizationId == owner.Value && row.Name == name && row.SigningRequest == null && row.RevokedAt == null,
            cancellationToken);

    private static Task<int> ReplaceCodeAsync(UnitOfWork unit, Guid node, EnrolmentCode code, DateTimeOffset expires,
        CancellationToken cancellationToken) =>
        unit.Context.Enrolments.Where(row => row.NodeId == node && row.UsedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.CodeHash, code.Hash).SetProperty(row => row.ExpiresAt, expires), cancellationToken);
}
