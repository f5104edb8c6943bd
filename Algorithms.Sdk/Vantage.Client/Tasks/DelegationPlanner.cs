using Vantage.Client.Errors;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Tasks;

/// <summary>
/// Turns a delegation into what is signed: the delegate by the signing key that a pinned root certified for that very
/// node, the sites by their verified encryption keys.
/// </summary>
internal static class DelegationPlanner
{
    public static Delegation Plan(
        TaskRequest request, TaskPlan plan, TaskPlan sites, DateTimeOffset notAfter, ITrust trust, DateTimeOffset now) => new()
        {
            DelegateKey = DelegateKey(plan, trust, now),
            Algorithm = request.Algorithm,
            Functions = request.Delegation!.Functions,
            Targets = [.. sites.Targets.Select(site => new DelegationTarget(site.Organization, site.Node.Id, site.Node.Key.KeyId))],
            Data = request.Delegation.Data,
            MaxTasks = request.Delegation.MaxTasks,
            NotAfter = notAfter,
        };

    private static KeyId DelegateKey(TaskPlan plan, ITrust trust, DateTimeOffset now)
    {
        if (plan.Targets is not [{ Alternates.Count: 0 } target])
        {
            throw new VantageException(ClientErrorCodes.RequestInvalid,
                "A task that delegates is for exactly one node, since one node's key is delegated to.",
                "Name one organization, and do not use lost-node 'retry' where it has several nodes.");
        }

        var certified = Failures.Translate(() => Certificates.Verify(target.Node.SigningCertificate!, trust, now)
            .For(CertificatePurpose.Signing));
        return certified.Organization == target.Organization && certified.Principal == new Principal.Node(target.Node.Id)
            ? certified.KeyId
            : throw new VantageException(ClientErrorCodes.CertificateUntrusted,
                $"What the Coordinator gives as the signing key of {target.Site}'s node belongs to {certified.Identity}.",
                "Nothing was sent. Tell your Coordinator's admin and the partner: somebody may be swapping keys.");
    }
}
