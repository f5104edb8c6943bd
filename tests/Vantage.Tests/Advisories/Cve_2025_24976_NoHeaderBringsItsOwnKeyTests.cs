using System.Text;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;
using Vantage.Tests.Protocol;
using Vantage.Tests.Protocol.Revocations;

namespace Vantage.Tests.Advisories;

/// <summary>
/// There, a token brought the key along that verified it, and was believed because a name matched. Here the header carries
/// certificates and nothing else, and they count by a root that was pinned before.
/// </summary>
public sealed class Cve_2025_24976_NoHeaderBringsItsOwnKeyTests
{
    private readonly Partner partner = new();

    [Theory]
    [InlineData("\"jwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}")]
    [InlineData("\"kid\":\"root\"")]
    [InlineData("\"jku\":\"https://evil.example.org/keys\"")]
    [InlineData("\"x5u\":\"https://evil.example.org/chain\"")]
    [InlineData("\"crit\":[]")]
    public void AHeaderWithAnotherMember_IsRefused(string member)
    {
        var parts = new RevocationOffice(partner).Sign(new RevocationOffice(partner).List()).Split('.');
        Assert.True(ExactBase64Url.TryDecode(parts[0], out var header));
        var more = $"{{{member},{Encoding.UTF8.GetString(header)[1..]}";

        var refused = Assert.Throws<SignatureException>(() => Verify($"{ExactBase64Url.Encode(Encoding.UTF8.GetBytes(more))}.{parts[1]}.{parts[2]}"));

        Assert.Equal(SignatureFault.JwsHeaderRefused, refused.Fault);
    }

    [Fact]
    public void ARootOfTheSameNames_IsNotTheRootThatWasPinned()
    {
        var forger = new Partner("St. Mary's Hospital", partner.Id);
        var list = new RevocationOffice(partner).List();

        Assert.Throws<CertificateException>(() => Verify(KeyRevocations.Sign(list, forger.RootKey, CertificateChain.Of(forger.Root))));
        Assert.Throws<CertificateException>(() => Verify(new RevocationOffice(forger).Sign(list)));
    }

    /// <summary>The pinned root stands in the header, and somebody else's key signed.</summary>
    [Fact]
    public void ThePinnedRootBesideAForeignKey_HelpsNobody()
    {
        var forger = new Partner("St. Mary's Hospital", partner.Id);
        var jws = Jws.Parse(new RevocationOffice(partner).Sign(new RevocationOffice(partner).List()));
        var header = new JwsHeader(KeyRevocationStatement.JwsType, [forger.Root.Der.ToArray(), partner.Root.Der.ToArray()]);

        Assert.ThrowsAny<TrustException>(() => Verify(Jws.Sign(header, jws.Payload.Span, forger.RootKey)));
        Assert.ThrowsAny<TrustException>(() => Verify(Jws.Sign(new JwsHeader(KeyRevocationStatement.JwsType, [partner.Root.Der.ToArray()]), jws.Payload.Span, forger.RootKey)));
    }

    private KeyRevocations Verify(string jws) => KeyRevocations.Verify(jws, partner.Trust, Partner.Now);
}
