using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Statements;

/// <summary>Roots that are believed, less the keys that their organizations revoked.</summary>
/// <param name="roots">Whose roots are believed.</param>
/// <param name="lists">What the organizations said.</param>
/// <param name="forNewWork">
/// Whether something new is to be begun: then an organization whose list has expired is not believed, since nobody knows what
/// it has revoked meanwhile. Reading what was done before needs no fresh list.
/// </param>
public sealed class CheckedTrust(ITrust roots, RevocationFolder lists, bool forNewWork) : ITrust
{
    public IReadOnlyList<PinnedRoot> RootsOf(OrganizationId organization) => roots.RootsOf(organization);

    public CertificateException? ObjectionTo(Certificate certificate, DateTimeOffset at)
    {
        if (roots.ObjectionTo(certificate, at) is { } already)
            return already;
        KeyRevocations? list;
        try
        {
            list = lists.Find(certificate.Identity.Organization, roots);
        }
        catch (Exception e) when (e is TrustException or IOException or UnauthorizedAccessException)
        {
            return Outdated(certificate, $"can't be used: {e.Message}", e);
        }

        return list?.ReasonAgainst(certificate, at) is { } reason
            ? new CertificateException(CertificateFault.CertificateRevoked,
                $"The key of {certificate.Identity} counts no more. Its organization revoked {reason}.")
            : list is null || !forNewWork || list.HoldsAt(at) ? null
            : Outdated(certificate, $"expired on {list.Statement.NotAfter:u}");
    }

    private static CertificateException Outdated(Certificate certificate, string why, Exception? inner = null) => new(
        CertificateFault.RevocationsOutdated,
        $"{certificate.Identity.Organization} publishes which of its keys count no more, and the newest list that is here {why}. Until "
        + "there is a newer one nothing is begun on the word of its people and nodes. Its admin renews it: vantage keys revocations renew.",
        inner);
}
