using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Statements;

/// <summary>The roots of a verified pin statement.</summary>
public sealed class Pins : ITrust
{
    private static readonly OwnStatement<PinStatement> Own = new(
        "pin statement", PinStatement.JwsType, SignedJson.Default.PinStatement, statement => Read(statement));

    private readonly PinnedRoots roots;

    private Pins(PinStatement statement, IReadOnlyList<PinnedRoot> roots)
    {
        Statement = statement;
        Roots = roots;
        this.roots = new PinnedRoots(roots);
    }

    public PinStatement Statement { get; }

    public IReadOnlyList<PinnedRoot> Roots { get; }

    public static string Sign(PinStatement statement, SigningKey rootKey, Certificate root) => Own.Sign(statement, rootKey, root);

    /// <summary>
    /// Throws <see cref="TrustException"/> unless the statement is signed by the organization's own root, which its admin put
    /// here by hand, and is not older than one seen before.
    /// </summary>
    /// <param name="jws">The signed statement.</param>
    /// <param name="ownRoot">The root of the organization that this node or person belongs to.</param>
    /// <param name="at">The instant at which the root has to be valid.</param>
    /// <param name="lastSeenSerial">The greatest serial seen so far; 0 for the first time.</param>
    public static Pins Verify(string jws, Certificate ownRoot, DateTimeOffset at, long lastSeenSerial = 0)
    {
        var statement = Own.Verify(jws, ownRoot, at, lastSeenSerial);
        return new Pins(statement, Read(statement));
    }

    public IReadOnlyList<PinnedRoot> RootsOf(OrganizationId organization) => roots.RootsOf(organization);

    /// <summary>Pins alone know of no revocation: see <see cref="CheckedTrust"/>.</summary>
    public CertificateException? ObjectionTo(Certificate certificate, DateTimeOffset at) => null;

    private static List<PinnedRoot> Read(PinStatement statement)
    {
        var pinned = statement.Roots.Select(r => PinnedRoot.Of(r.Organization, r.Name, Certificate.Parse(r.Certificate))).ToList();
        return pinned.DistinctBy(r => r.Certificate.Hash).Count() == pinned.Count
            ? pinned
            : throw Own.Invalid("it lists a root twice");
    }
}
