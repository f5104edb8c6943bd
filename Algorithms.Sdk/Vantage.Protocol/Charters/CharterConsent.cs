using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Charters;

/// <summary>
/// An organization's word that one version of a charter holds for it: signed by its root, over the digest of the
/// charter's exact bytes.
/// </summary>
public sealed record CharterConsent
{
    public const string JwsType = "vantage-charter-consent+jws";

    /// <summary>How far signers' clocks may be ahead.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    public required OrganizationId Organization { get; init; }

    public required CollaborationId Collaboration { get; init; }

    public required long Serial { get; init; }

    /// <summary>Of the charter's bytes.</summary>
    public required Digest Charter { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <param name="charter">What is agreed to; read before it is signed.</param>
    /// <param name="rootKey">The organization's.</param>
    /// <param name="root">Its certificate.</param>
    /// <param name="now">When.</param>
    public static string Sign(CharterText charter, SigningKey rootKey, Certificate root, DateTimeOffset now) =>
        SignedDocument.Sign(
            new CharterConsent
            {
                V = 1,
                Organization = root.Identity.Organization,
                Collaboration = charter.Content.Collaboration,
                Serial = charter.Content.Serial,
                Charter = charter.Digest,
                IssuedAt = now,
            },
            JwsType, SignedJson.Default.CharterConsent, rootKey, CertificateChain.Of(root));

    /// <summary>
    /// Who agreed, and by which root. Throws <see cref="TrustException"/> unless one of the roots signed it, over this
    /// very charter, at a time at which the root was valid and that is not in the future.
    /// </summary>
    /// <param name="jws">The consent.</param>
    /// <param name="charter">What it has to be to.</param>
    /// <param name="roots">Of those who may agree: <see cref="CharterLine.Known"/>.</param>
    /// <param name="now">Clocks may be a few minutes apart.</param>
    public static (CharterSigner Signer, DateTimeOffset At) Verify(string jws, CharterText charter, ITrust roots, DateTimeOffset now)
    {
        var opened = SignedDocument.Open(jws, SignedJson.Default.CharterConsent);
        var signed = opened.Verify(JwsType, roots, opened.Value.IssuedAt);
        var consent = signed.Value;
        if (signed.Signer.Purpose != CertificatePurpose.Root || signed.Signer.Organization != consent.Organization)
        {
            throw new SignatureException(SignatureFault.WrongSigner,
                $"The consent of {consent.Organization} is signed by {signed.Signer.Identity}: only its own root can agree for it.");
        }

        if (consent.V != 1 || consent.Charter != charter.Digest || consent.Collaboration != charter.Content.Collaboration
            || consent.Serial != charter.Content.Serial)
        {
            throw new CharterException(CharterFault.CharterConsentForeign,
                $"The consent of {consent.Organization} is to another charter, or to another version of it.");
        }

        return consent.IssuedAt <= now + Skew
            ? (new CharterSigner(consent.Organization, signed.Signer.Certificate.Hash), consent.IssuedAt)
            : throw new CharterException(CharterFault.CharterConsentForeign,
                $"The consent of {consent.Organization} was given at {consent.IssuedAt:u}, which is yet to come. Is a clock wrong?");
    }
}

/// <param name="Organization">Who agreed.</param>
/// <param name="Root">By which of its roots: the digest of the certificate.</param>
public readonly record struct CharterSigner(OrganizationId Organization, Digest Root);
