using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Statements;

/// <summary>The roots of a verified pin statement.</summary>
public sealed class Pins : ITrust
{
    private readonly PinnedRoots roots;

    private Pins(PinStatement statement, IReadOnlyList<PinnedRoot> roots)
    {
        Statement = statement;
        Roots = roots;
        this.roots = new PinnedRoots(roots);
    }

    public PinStatement Statement { get; }

    public IReadOnlyList<PinnedRoot> Roots { get; }

    public static string Sign(PinStatement statement, SigningKey rootKey, Certificate root)
    {
        RequireNumbers(statement);
        Read(statement);
        return SignedDocument.Sign(
            statement, PinStatement.JwsType, SignedJson.Default.PinStatement, rootKey, CertificateChain.Of(root));
    }

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
        var own = new PinnedRoots([PinnedRoot.Of(ownRoot)]);
        var verified = SignedDocument.Verify(jws, PinStatement.JwsType, SignedJson.Default.PinStatement, own, at);
        var statement = verified.Value;
        RequireNumbers(statement);
        if (verified.Signer.Purpose != CertificatePurpose.Root || statement.Issuer != ownRoot.Identity.Organization)
        {
            throw new SignatureException(
                SignatureFault.WrongSigner,
                $"The pin statement of {statement.Issuer} is signed by {verified.Signer.Identity}: only the organization's own root "
                + "signs its pins.");
        }

        if (statement.Serial < lastSeenSerial)
        {
            throw new SignatureException(
                SignatureFault.Superseded,
                $"The pin statement has serial {statement.Serial}, but {lastSeenSerial} was seen before. Install the newest one.");
        }

        return new Pins(statement, Read(statement));
    }

    public IReadOnlyList<PinnedRoot> RootsOf(OrganizationId organization) => roots.RootsOf(organization);

    private static List<PinnedRoot> Read(PinStatement statement)
    {
        var pinned = statement.Roots.Select(r => PinnedRoot.Of(r.Organization, r.Name, Certificate.Parse(r.Certificate))).ToList();
        return pinned.DistinctBy(r => r.Certificate.Hash).Count() == pinned.Count
            ? pinned
            : throw Invalid("it lists a root twice");
    }

    private static void RequireNumbers(PinStatement statement)
    {
        if (statement.V != 1 || statement.Serial < 1)
            throw Invalid("its version is not 1, or its serial is below 1");
    }

    private static SignatureException Invalid(string why) =>
        new(SignatureFault.ContentInvalid, $"The pin statement is not well formed: {why}.");
}
