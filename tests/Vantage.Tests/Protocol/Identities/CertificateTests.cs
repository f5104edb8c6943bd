using System.Security.Cryptography.X509Certificates;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Protocol.Identities;

/// <summary>Issuing. Verifying, with everything that may be wrong, is in the vectors.</summary>
public sealed class CertificateTests
{
    private readonly Partner partner = new();

    [Fact]
    public void What_a_root_certifies_the_platforms_own_chain_builder_believes_too()
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(partner.Root.Der.Span));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = Partner.Now.UtcDateTime;

        foreach (var leaf in new[] { partner.UserSigning, partner.UserEncryption, partner.NodeSigning, partner.NodeEncryption })
        {
            using var certificate = X509CertificateLoader.LoadCertificate(leaf.Der.Span);
            Assert.True(chain.Build(certificate), string.Join(", ", chain.ChainStatus.Select(s => s.StatusInformation)));
        }
    }

    [Fact]
    public void Names_identities_and_keys_are_read_back_as_they_were_certified()
    {
        var certified = Certificates.Verify(partner.NodeEncryption.Der.Span, partner.Trust, Partner.Now);

        Assert.Equal(Identity.Of(partner.Id, partner.Node, CertificatePurpose.Encryption), certified.Identity);
        Assert.Equal("Dr. Ada Byrne", certified.Name);
        Assert.Equal(partner.NodeEncryptionKey.KeyId, certified.KeyId);
        Assert.Equal(partner.NodeEncryptionKey.KeyId, certified.Certificate.EncryptionKey.KeyId);
        Assert.Equal(Partner.End, certified.NotAfter);
        Assert.Same(
            certified.Certificate, Certificates.Verify(partner.NodeEncryption.Der.Span, partner.Trust, Partner.Now).Certificate);
    }

    [Fact]
    public void A_remembered_certificate_is_refused_once_its_root_is_no_longer_pinned()
    {
        Certificates.Verify(partner.UserSigning.Der.Span, partner.Trust, Partner.Now);

        Assert.Throws<CertificateException>(() => Certificates.Verify(partner.UserSigning.Der.Span, PinnedRoots.None, Partner.Now));
        Assert.Throws<CertificateException>(() => Certificates.Verify(partner.UserSigning.Der.Span, partner.Trust, Partner.End.AddDays(1)));
    }

    [Fact]
    public void A_request_survives_PEM_and_proves_possession()
    {
        var identity = Identity.Of(partner.Id, partner.User, CertificatePurpose.Encryption);
        using var key = EncryptionKey.Create();

        var request = KeyRequest.FromPem(KeyRequest.Create(key, identity).ToPem());

        Assert.Equal(key.KeyId, request.KeyId);
        Assert.Equal(identity, request.Identity);
        Assert.Equal(CertificatePurpose.Encryption, request.Purpose);
        Assert.Null(KeyRequest.Create(key).Identity);
    }

    [Fact]
    public void A_request_with_any_single_bit_changed_is_refused()
    {
        using var key = SigningKey.Create();
        var request = KeyRequest.Create(key, Identity.Of(partner.Id, partner.Node, CertificatePurpose.Signing));

        for (var bit = 0; bit < request.Der.Length * 8; bit++)
        {
            var altered = request.Der.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<CertificateException>(() => KeyRequest.Parse(altered));
        }
    }

    [Fact]
    public void A_certificate_with_any_single_bit_changed_is_refused()
    {
        for (var bit = 0; bit < partner.UserSigning.Der.Length * 8; bit++)
        {
            var altered = partner.UserSigning.Der.ToArray();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<CertificateException>(() => Certificates.Verify(altered, partner.Trust, Partner.Now));
        }
    }

    [Fact]
    public void An_issuer_certifies_only_what_was_asked_for_within_its_own_bounds()
    {
        var identity = Identity.Of(partner.Id, partner.User, CertificatePurpose.Signing);
        using var key = SigningKey.Create();
        var request = KeyRequest.Create(key, identity);
        var other = new Partner("Other");

        AssertRefused(Identity.Of(partner.Id, UserId.New(TimeProvider.System), CertificatePurpose.Signing), partner.Root, partner.RootKey);
        AssertRefused(Identity.Of(partner.Id, partner.User, CertificatePurpose.Encryption), partner.Root, partner.RootKey);
        AssertRefused(Identity.OfRoot(partner.Id), partner.Root, partner.RootKey);
        AssertRefused(identity, other.Root, other.RootKey);
        AssertRefused(identity, partner.Root, other.RootKey);
        AssertRefused(identity, partner.UserSigning, partner.UserKey);
        AssertRefused(identity, partner.Root, partner.RootKey, name: "");
        AssertRefused(identity, partner.Root, partner.RootKey, name: new string('x', 65));
        AssertRefused(identity, partner.Root, partner.RootKey, notAfter: partner.Root.NotAfter.AddSeconds(1));

        void AssertRefused(Identity asked, Certificate root, SigningKey rootKey, string name = "Name", DateTimeOffset? notAfter = null) =>
            Assert.Throws<ArgumentException>(
                () => Certificates.Certify(request, asked, name, root, rootKey, Partner.Start, notAfter ?? Partner.End));
    }

    [Fact]
    public void A_validity_that_ends_with_the_roots_is_within_it_whatever_the_fraction_of_the_second()
    {
        var now = Partner.Start.AddMilliseconds(123);
        using var key = SigningKey.Create();
        var root = Certificates.CreateRoot(partner.Id, "Root", key, now, now.AddYears(1));
        var request = KeyRequest.Create(partner.UserKey);

        var certificate = Certificates.Certify(
            request, Identity.Of(partner.Id, partner.User, CertificatePurpose.Signing), "Name", root, key, now, now.AddYears(1));

        Assert.Equal(root.NotAfter, certificate.NotAfter);
    }

    [Fact]
    public void A_chain_survives_PEM()
    {
        Assert.Equal(partner.UserSigning.Hash, CertificateChain.FromPem(partner.UserChain.ToPem()).Signer.Hash);
        Assert.Equal(partner.Root.Hash, CertificateChain.FromPem(CertificateChain.Of(partner.Root).ToPem()).Signer.Hash);
        Assert.Throws<ArgumentException>(() => CertificateChain.Of(partner.UserSigning, new Partner().Root));
        Assert.Throws<CertificateException>(() => CertificateChain.FromPem("nothing"));
    }
}
