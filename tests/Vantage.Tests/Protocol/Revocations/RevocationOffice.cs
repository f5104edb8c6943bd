using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;

namespace Vantage.Tests.Protocol.Revocations;

/// <summary>Signs lists of revoked keys for a partner, as its signer or as its root.</summary>
internal sealed class RevocationOffice
{
    private readonly Partner partner;

    public RevocationOffice(Partner partner)
    {
        this.partner = partner;
        Chain = CertificateChain.Of(Certificates.Certify(KeyRequest.OfRevoker(Key, partner.Id), Identity.OfRevoker(partner.Id),
            "Revocations", partner.Root, partner.RootKey, partner.From, partner.From.AddYears(1)), partner.Root);
    }

    public SigningKey Key { get; } = SigningKey.Create();

    public CertificateChain Chain { get; }

    public KeyRevocationStatement List(long serial = 1, DateTimeOffset? issued = null) => new()
    {
        V = 1,
        Issuer = partner.Id,
        Serial = serial,
        IssuedAt = issued ?? Partner.Now,
        NotAfter = (issued ?? Partner.Now) + KeyRevocations.LongestLife,
        Keys = [],
        Principals = [],
    };

    public KeyRevocationStatement Of(KeyId key, long serial = 1, DateTimeOffset? since = null) => List(serial) with
    {
        Keys = [new RevokedCertificateKey(key, since ?? Partner.Now.AddHours(-1), "The laptop was stolen")],
    };

    public string Sign(KeyRevocationStatement list) => KeyRevocations.Sign(list, Key, Chain);

    public string SignByRoot(KeyRevocationStatement list) =>
        KeyRevocations.Sign(list, partner.RootKey, CertificateChain.Of(partner.Root));
}
