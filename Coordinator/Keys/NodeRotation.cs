using Microsoft.EntityFrameworkCore;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Audit;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Nodes;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;

namespace Vantage.Coordinator.Keys;

/// <summary>
/// A node asks to change its keys, in its own name. Nothing changes until its organization's admin has certified the new ones;
/// then they are published, and the old ones remain those of before.
/// </summary>
internal sealed class NodeRotation(Database database)
{
    public async Task<Answer<Done>> AskAsync(NodeCaller caller, RenewNodeKeys ask, CancellationToken cancellationToken)
    {
        if (Misfit(ask) is { } misfit)
            return misfit;
        await using var unit = await database.BeginAsync(caller.Reach, cancellationToken);
        var row = await unit.Context.Nodes.FirstAsync(node => node.Id == caller.Node.Value, cancellationToken);
        (row.NextSigningRequest, row.NextEncryptionRequest) = (ask.SigningRequest, ask.EncryptionRequest);
        await unit.RecordAsync(caller, "node.ask-rotation", caller.Node, cancellationToken, organization: caller.Organization);
        await unit.CommitAsync(cancellationToken);
        return default(Done);
    }

    /// <summary>Of the next keys if there are any: then today's become those of before.</summary>
    public static void Publish(NodeRow row, PublishCertificates certificates)
    {
        if (row.NextSigningRequest is not null)
        {
            (row.FormerSigningCertificate, row.FormerEncryptionCertificate) = (row.SigningCertificate, row.EncryptionCertificate);
            row.FormerSignsIn = true;
            (row.SigningRequest, row.EncryptionRequest) = (row.NextSigningRequest, row.NextEncryptionRequest);
            (row.NextSigningRequest, row.NextEncryptionRequest) = (null, null);
        }

        (row.SigningCertificate, row.EncryptionCertificate) = (certificates.Signing, certificates.Encryption);
    }

    private static Refusal? Misfit(RenewNodeKeys ask)
    {
        try
        {
            return KeyRequest.Parse(ask.SigningRequest).Purpose == CertificatePurpose.Signing
                && KeyRequest.Parse(ask.EncryptionRequest).Purpose == CertificatePurpose.Encryption
                ? null
                : new Refusal(ErrorCodes.CertificateInvalid, "One request is for a signing key and the other for an encryption key.");
        }
        catch (CertificateException e)
        {
            return new Refusal(ErrorCodes.CertificateInvalid, e.Message);
        }
    }
}
