using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Realtime.Waking;
using Vantage.Protocol.Api;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Collaborations.Charters;

/// <summary>
/// Keeps and relays. What is refused here keeps mistakes out early; nobody's safety rests on it, since nodes and clients
/// follow charters by the consents alone.
/// </summary>
internal sealed class CharterHandlers(
    Database database, Credentials credentials, CharterHeads heads, Wakeups wakeups, TimeProvider time)
{
    public async Task<Answer<CharterBook>> ReadAsync(Caller caller, CollaborationId id, long after, CancellationToken cancellationToken)
    {
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var (versions, proposals) = await CharterShelf.ReadAsync(unit, id, after, CharterBook.MostVersions, cancellationToken);
        return versions.Count + proposals.Count > 0
            ? new CharterBook(versions, proposals)
            : caller.Judge(Resource.Collaboration, Operation.View, Whose.Of(id), id) is { } refusal ? refusal : new CharterBook([], []);
    }

    public async Task<Answer<CharterStanding>> AgreeAsync(
        UserCaller caller, CollaborationId id, AgreeToCharter ask, CancellationToken cancellationToken)
    {
        // No more than publishing a root: not even the Coordinator's admin agrees for an organization.
        if (caller.Organization is not { } own)
            return Refusal.Forbidden("Only an organization's own admin agrees to a charter, and for that organization.");
        if (caller.Judge(Resource.Organization, Operation.Edit, Whose.Of(own)) is { } refusal)
            return refusal;
        try
        {
            var text = CharterText.Read(ask.Text);
            return text.Content.Collaboration == id
                ? await AgreeAsync(caller, own, text, ask.Consent, cancellationToken)
                : Refusal.Invalid(("text", $"a charter of {id}"));
        }
        catch (TrustException e)
        {
            return new Refusal(ErrorCodes.CharterRefused, e.Message);
        }
    }

    private async Task<Answer<CharterStanding>> AgreeAsync(
        UserCaller caller, OrganizationId own, CharterText text, string consent, CancellationToken cancellationToken)
    {
        var id = text.Content.Collaboration;
        var isMember = caller.Collaborations.Contains(id);
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        await CharterShelf.LockAsync(unit, id, cancellationToken);
        var isKnown = await CharterShelf.HasAsync(unit, id, text.Digest, cancellationToken);
        // Whoever is not a member yet sees it only if it names them.
        if (!isKnown && !isMember)
            return Refusal.NotFound(id);
        var line = await LineAsync(unit, id, cancellationToken);
        var signer = CharterConsent.Verify(consent, text, line?.Known(text) ?? new PinnedRoots(text.Roots), time.GetUtcNow()).Signer;
        if (signer.Organization != own)
            return Refusal.Forbidden("An organization's admin agrees for the organization itself and for no other.");
        await unit.SetScopeAsync(TenantScope.Of(id).And(caller.Reach), cancellationToken);
        if (!isKnown)
        {
            var (_, proposals) = await CharterShelf.ReadAsync(unit, id, long.MaxValue, 1, cancellationToken);
            if (proposals.Count >= CharterShelf.MostProposals)
                return new Refusal(ErrorCodes.QuotaExceeded, $"There are {proposals.Count} open proposals. Agree on one of them first.");
            await CharterShelf.AddAsync(unit, text, own, cancellationToken);
        }

        await CharterShelf.AddAsync(unit, id, text.Digest, signer, consent, cancellationToken);
        await unit.RecordAsync(caller, "charter.agree", $"{text.Content.Id} version {text.Content.Serial}", cancellationToken, collaboration: id, organization: own);
        return await SettleAsync(unit, caller, line, text, cancellationToken);
    }

    private async Task<Answer<CharterStanding>> SettleAsync(
        UnitOfWork unit, UserCaller caller, CharterLine? line, CharterText text, CancellationToken cancellationToken)
    {
        var signed = await SignedAsync(unit, text, cancellationToken);
        var now = time.GetUtcNow();
        var standing = new CharterStanding(text.Content.Serial, text.Digest, true,
            [.. signed.Consents.Select(jws => CharterConsent.Verify(jws, text, line?.Known(text) ?? new PinnedRoots(text.Roots), now).Signer.Organization).Distinct()], null);
        try
        {
            if (line?.Head.Text.Digest == text.Digest)
            {
                await unit.CommitAsync(cancellationToken);
                return standing;
            }

            _ = line is null || line.Head.Content.End <= now && text.Content.Serial == 1 ? CharterLine.Found(signed, now) : line.Follow(signed, now);
        }
        catch (CharterException e) when (e.Fault is CharterFault.CharterTooFewConsents or CharterFault.CharterJoinsUnasked)
        {
            await unit.CommitAsync(cancellationToken);
            return standing with { InForce = false, Missing = e.Message };
        }

        var nodes = await CharterShelf.PutInForceAsync(unit, text, cancellationToken);
        await unit.RecordAsync(caller, "charter.in-force", $"{text.Content.Id} version {text.Content.Serial}", cancellationToken,
            collaboration: text.Content.Collaboration);
        foreach (var organization in Leaving(line, text))
        {
            await CharterShelf.LeaveAsync(unit, text.Content.Collaboration, organization, cancellationToken);
            await unit.RecordAsync(caller, "charter.leave", organization, cancellationToken, collaboration: text.Content.Collaboration,
                organization: organization);
        }

        await unit.CommitAsync(cancellationToken);
        credentials.Forget();
        heads.Forget();
        wakeups.LookAgain(nodes);
        return standing;
    }

    /// <summary>
    /// Whom the version before listed and this one does not. A member of the collaboration that no version ever listed has
    /// agreed to nobody's leaving it out.
    /// </summary>
    private static IEnumerable<OrganizationId> Leaving(CharterLine? line, CharterText text) =>
        line is null || line.Head.Content.Id != text.Content.Id
            ? []
            : line.Head.Content.Members.Select(m => m.Organization).Except(text.Content.Members.Select(m => m.Organization));

    private async Task<CharterLine?> LineAsync(UnitOfWork unit, CollaborationId id, CancellationToken cancellationToken)
    {
        var (versions, _) = await CharterShelf.ReadAsync(unit, id, 0, int.MaxValue, cancellationToken);
        return versions.Count == 0 ? null : CharterLine.Replay(versions, time.GetUtcNow());
    }

    private static async Task<SignedCharter> SignedAsync(UnitOfWork unit, CharterText text, CancellationToken cancellationToken) =>
        new(text.Text, await CharterShelf.ConsentsAsync(unit, text, cancellationToken));
}
