using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Protocol.Identities;

public sealed class IdentityTests
{
    private static readonly OrganizationId Organization = OrganizationId.New(TimeProvider.System);

    [Fact]
    public void An_identity_has_one_spelling()
    {
        var user = UserId.New(TimeProvider.System);
        Identity[] identities =
        [
            Identity.OfRoot(Organization),
            Identity.Of(Organization, user, CertificatePurpose.Signing),
            Identity.Of(Organization, NodeId.New(TimeProvider.System), CertificatePurpose.Encryption),
        ];

        Assert.All(identities, identity =>
        {
            Assert.True(Identity.TryParse(identity.ToString(), out var parsed));
            Assert.Equal(identity, parsed);
        });
        Assert.Equal($"vantage://{Organization}/{user}/signing", identities[1].ToString());
        string[] wrong =
        [
            "", "vantage://", $"vantage://{Organization}", $"vantage://{Organization}/root/signing", $"vantage://{Organization}/{user}",
            $"vantage://{Organization}/{user}/root", $"vantage://{Organization}/{user}/Signing", $"Vantage://{Organization}/root",
            $"vantage://{Organization}/root/", $"vantage://{user}/root", $" vantage://{Organization}/root",
        ];
        Assert.All(wrong, text => Assert.False(Identity.TryParse(text, out _)));
    }

    [Fact]
    public void A_fingerprint_is_compared_as_people_type_it_and_in_full()
    {
        using var key = SigningKey.Create();
        var fingerprint = Fingerprint.Of(key.KeyId);

        Assert.Equal(16, fingerprint.Split(' ').Length);
        Assert.True(Fingerprint.Matches(fingerprint, key.KeyId));
        Assert.True(Fingerprint.Matches($" {fingerprint.ToUpperInvariant().Replace(' ', ':')}\n", key.KeyId));
        Assert.True(Fingerprint.Matches(key.KeyId.ToString(), key.KeyId));
        Assert.False(Fingerprint.Matches(fingerprint[..^1], key.KeyId));
        Assert.False(Fingerprint.Matches(fingerprint[..4], key.KeyId));
        Assert.False(Fingerprint.Matches("", key.KeyId));
    }
}
