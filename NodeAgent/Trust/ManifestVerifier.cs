using Vantage.NodeAgent.Runs;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.NodeAgent.Trust;

/// <summary>
/// Decides whether a handed-over run is what a pinned person asked of this node. Believes nothing that the Coordinator
/// says: not even which run it is. Pure.
/// </summary>
/// <param name="self">Who this node is.</param>
/// <param name="trust">The pinned roots.</param>
/// <param name="now">This node's clock.</param>
/// <param name="skew">How far it may be off.</param>
/// <param name="telling">Who may learn why something is refused; <paramref name="trust"/> if left out.</param>
internal sealed class ManifestVerifier(
    NodeSelf self, ITrust trust, DateTimeOffset now, TimeSpan skew, ITrust? telling = null)
{
    /// <param name="claimed">As the Coordinator handed it over.</param>
    /// <param name="earlierSiblings">How many other subtasks of the same parent came to this node before.</param>
    public ManifestVerdict Verify(ClaimedRun claimed, int earlierSiblings = 0)
    {
        var glance = ManifestGlance.Read(claimed.Manifest);
        var tell = glance is null ? [] : Believed(glance);
        try
        {
            return Verify(claimed, earlierSiblings, glance, tell);
        }
        catch (TrustException e)
        {
            return new ManifestVerdict.Refused(CodeOf(e, RunCodes.ManifestUntrusted), e.Message, glance, tell);
        }
    }

    private ManifestVerdict Verify(
        ClaimedRun claimed, int earlierSiblings, TaskManifest? glance, IReadOnlyList<EncryptionPublicKey> tell)
    {
        ManifestVerdict.Refused Refuse(string code, string message) => new(code, message, glance, tell);

        var signed = VerifySigned(claimed.Manifest);
        var manifest = signed.Value;
        if (ManifestRules.Check(manifest) is [_, ..] broken)
        {
            return Refuse(RunCodes.ManifestInvalid, "The manifest breaks these rules: " + string.Join(' ', broken));
        }

        var requester = RequesterOf(signed, claimed.ParentManifest, earlierSiblings);
        if (OwnPart(manifest, claimed) is not { } target)
        {
            return Refuse(RunCodes.NotATarget,
                $"{claimed.Run} of {claimed.Task} is not for {self.Node} of {self.Organization} with encryption key {self.EncryptionKeyId}: "
                + "the manifest names another task, node or key. If this node changed its key, send the task anew.");
        }

        if (Untimely(manifest) is { } untimely)
        {
            return untimely(Refuse);
        }

        return Recipients(manifest, requester) is [_, ..] doubts
            ? Refuse(doubts[0].Code, string.Join(' ', doubts.Select(doubt => doubt.Message)))
            : new ManifestVerdict.Verified(manifest, signed.OfJws, target, requester, tell);
    }

    private Verified<TaskManifest> VerifySigned(string jws) =>
        SignedDocument.Verify(jws, TaskManifest.JwsType, SignedJson.Default.TaskManifest, trust, now);

    /// <summary>A person signs for themselves; a node only within a person's signed delegation.</summary>
    private Requester RequesterOf(Verified<TaskManifest> signed, string? parentJws, int earlierSiblings)
    {
        if (signed.Signer.Principal is Principal.User user)
        {
            return signed.Value.Parent is null && parentJws is null
                ? new Requester(signed.Signer.Organization, user.Id)
                : throw WrongSigner("A person's own task has no parent: subtasks are signed by the delegated node.");
        }

        if (signed.Signer.Principal is not Principal.Node node || signed.Value.Parent is null || parentJws is null)
        {
            throw WrongSigner($"{signed.Signer.Identity} may not ask for runs: only people, and nodes within a person's delegation, may.");
        }

        var parent = VerifySigned(parentJws);
        var broken = DelegationRules.Check(
            parent.Value, parent.OfJws, signed.Value, signed.Signer.KeyId, earlierSiblings);
        return (parent.Signer.Principal, broken) switch
        {
            (Principal.User person, []) => new Requester(parent.Signer.Organization, person.Id,
                new RunDelegate(signed.Signer.Organization, node.Id, parent.Value, parent.OfJws)),
            (Principal.User, _) => throw WrongSigner("The subtask goes beyond its delegation. " + string.Join(' ', broken)),
            _ => throw WrongSigner("The parent of a subtask is signed by a person: delegation does not go further."),
        };
    }

    private ManifestTarget? OwnPart(TaskManifest manifest, ClaimedRun claimed)
    {
        var target = manifest.Targets.FirstOrDefault(t => t.Run == claimed.Run);
        if (target is null || manifest.Task != claimed.Task || target.Organization != self.Organization)
        {
            return null;
        }

        var part = target.Node == self.Node ? target
            : target.Alternates.FirstOrDefault(a => a.Node == self.Node) is { } alternate
                ? target with { Node = alternate.Node, EncryptionKey = alternate.EncryptionKey, Input = alternate.Input }
                : null;
        return part is not null && self.Opener(part.EncryptionKey) is not null ? part : null;
    }

    private Func<Func<string, string, ManifestVerdict.Refused>, ManifestVerdict>? Untimely(TaskManifest manifest) =>
        now + skew < manifest.NotBefore
            ? refuse => refuse(RunCodes.NotYet,
                $"The task may run from {manifest.NotBefore:u}, and this node's clock says {now:u}. Is it right?")
        : now >= manifest.NotAfter
            ? refuse => refuse(RunCodes.ManifestExpired,
                $"The task was to run until {manifest.NotAfter:u}, and this node's clock says {now:u}.")
        : null;

    /// <summary>Every doubt about the recipients as a sentence. Results go to nobody whose key isn't certified by a pinned root.</summary>
    private IReadOnlyList<Doubt> Recipients(TaskManifest manifest, Requester requester)
    {
        if (requester.Delegate is { } by
            && !DelegationRules.IsForDelegateAlone(by.Organization, by.Node, manifest))
        {
            return [new Doubt(RunCodes.RecipientUntrusted, "A subtask's only recipient is the delegated node itself.")];
        }

        return [.. manifest.Recipients.Select(recipient => DoubtOf(recipient, trust)).OfType<Doubt>()];
    }

    private Doubt? DoubtOf(ManifestRecipient recipient, ITrust by)
    {
        try
        {
            var identity = Certificates.Verify(recipient.Certificate, by, now).For(CertificatePurpose.Encryption);
            return identity.KeyId == recipient.Key && identity.Organization == recipient.Organization
                && identity.Principal.ToString() == recipient.Principal
                ? null
                : new Doubt(RunCodes.RecipientUntrusted,
                    $"Recipient {recipient.Principal} of {recipient.Organization} comes with the certificate of {identity.Identity} "
                    + "or with another key.");
        }
        catch (TrustException e)
        {
            return new Doubt(CodeOf(e, RunCodes.RecipientUntrusted),
                $"Recipient {recipient.Principal} of {recipient.Organization}: {e.Message}");
        }
    }

    /// <summary>The recipients without a doubt.</summary>
    private IReadOnlyList<EncryptionPublicKey> Believed(TaskManifest manifest) =>
    [
        .. manifest.Recipients.Take(ManifestRules.MaxRecipients)
            .Where(recipient => DoubtOf(recipient, telling ?? trust) is null)
            .Select(recipient => Certificate.Parse(recipient.Certificate).EncryptionKey)
            .DistinctBy(key => key.KeyId),
    ];

    private static string CodeOf(TrustException e, string otherwise) => e is CertificateException { Fault: var fault }
        ? fault switch
        {
            CertificateFault.CertificateRevoked => RunCodes.KeyRevoked,
            CertificateFault.RevocationsOutdated => RunCodes.RevocationsOutdated,
            _ => otherwise,
        }
        : otherwise;

    private sealed record Doubt(string Code, string Message);

    private static SignatureException WrongSigner(string message) => new(SignatureFault.WrongSigner, message);
}
