using Vantage.Protocol.Identities;
using Vantage.Protocol.Json;
using Vantage.Protocol.Signatures;
using Vantage.Protocol.Statements;

namespace Vantage.Tests.Protocol.Revocations;

public sealed class KeyRevocationTests
{
    private readonly Partner a = new();
    private readonly RevocationOffice office;

    public KeyRevocationTests() => office = new RevocationOffice(a);

    [Fact]
    public void A_revoked_key_counts_until_then_and_not_after()
    {
        var since = Partner.Now.AddHours(-1);

        var list = Verify(office.Sign(office.Of(a.UserSigning.KeyId, since: since)));

        Assert.Null(list.ReasonAgainst(a.UserSigning, since.AddTicks(-1)));
        Assert.Contains("The laptop was stolen", list.ReasonAgainst(a.UserSigning, since), StringComparison.Ordinal);
        Assert.Null(list.ReasonAgainst(a.UserEncryption, Partner.Now));
        Assert.Null(list.ReasonAgainst(a.NodeSigning, Partner.Now));
    }

    [Fact]
    public void A_revoked_person_loses_every_key_also_one_that_nobody_knew_of()
    {
        var unknown = a.Certify(Vantage.Protocol.Cryptography.SigningKey.Create(), Identity.Of(a.Id, a.User, CertificatePurpose.Signing));

        var list = Verify(office.Sign(office.List() with
        {
            Principals = [new RevokedPrincipal(a.User.ToString(), Partner.Now, "Left")],
        }));

        Assert.NotNull(list.ReasonAgainst(a.UserSigning, Partner.Now));
        Assert.NotNull(list.ReasonAgainst(a.UserEncryption, Partner.Now));
        Assert.NotNull(list.ReasonAgainst(unknown, Partner.Now));
        Assert.Null(list.ReasonAgainst(a.NodeSigning, Partner.Now));
    }

    [Fact]
    public void A_list_is_signed_by_who_the_root_certified_for_it_or_by_the_root()
    {
        var list = office.List();
        var stranger = new RevocationOffice(new Partner("Nobody"));

        Verify(office.Sign(list));
        Verify(office.SignByRoot(list));

        Assert.Equal("wrong-purpose", Refused(KeyRevocations.Sign(list, a.UserKey, a.UserChain)));
        Assert.Equal("wrong-purpose", Refused(KeyRevocations.Sign(list, a.NodeKey, a.NodeChain)));
        Assert.Equal("organization-not-pinned", Refused(stranger.Sign(stranger.List())));
        Assert.Equal("organization-not-pinned", Refused(stranger.Sign(list)));
    }

    [Fact]
    public void The_signer_of_revocations_signs_nothing_else()
    {
        var pins = new CatalogueStatement { V = 1, Issuer = a.Id, Serial = 1, IssuedAt = Partner.Now, Algorithms = [] };
        var jws = SignedDocument.Sign(pins, CatalogueStatement.JwsType, SignedJson.Default.CatalogueStatement, office.Key, office.Chain);

        var refused = Assert.Throws<CertificateException>(() => Catalogue.Verify(jws, a.Trust, Partner.Now));

        Assert.Equal(CertificateFault.WrongPurpose, refused.Fault);
    }

    [Fact]
    public void A_partner_s_signer_revokes_nobody_else_s_keys()
    {
        var b = new Partner("South");
        var theirs = new RevocationOffice(b);
        var trust = new PinnedRoots([PinnedRoot.Of(a.Root), PinnedRoot.Of(b.Root)]);
        var jws = theirs.Sign(theirs.List() with { Issuer = a.Id });

        var refused = Assert.Throws<SignatureException>(() => KeyRevocations.Verify(jws, trust, Partner.Now));

        Assert.Equal(SignatureFault.WrongSigner, refused.Fault);
    }

    [Fact]
    public void Serials_only_grow_and_one_serial_is_one_list()
    {
        var second = Verify(office.Sign(office.List(serial: 2)));

        Assert.Equal("superseded", Refused(office.Sign(office.List(serial: 1)), second));
        Assert.Equal("superseded", Refused(office.Sign(office.Of(a.UserSigning.KeyId, serial: 2)), second));
        Assert.Equal(2, KeyRevocations.Verify(second.Jws, a.Trust, Partner.Now, second).Statement.Serial);
        Assert.Equal(3, KeyRevocations.Verify(office.Sign(office.List(serial: 3)), a.Trust, Partner.Now, second).Statement.Serial);
    }

    [Fact]
    public void The_root_takes_the_list_back_from_a_signer_whose_key_was_stolen_and_used_up_the_serials()
    {
        var stolen = Verify(office.Sign(office.List(serial: long.MaxValue)));
        var by = new RevocationOffice(a);

        var back = KeyRevocations.Verify(office.SignByRoot(office.Of(office.Key.KeyId, serial: 7)), a.Trust, Partner.Now, stolen);

        Assert.Equal(7, back.Statement.Serial);
        Assert.Equal("wrong-signer", Refused(office.Sign(office.List(serial: long.MaxValue)), back));
        Assert.Equal(8, KeyRevocations.Verify(by.Sign(by.List(serial: 8)), a.Trust, Partner.Now, back).Statement.Serial);
    }

    [Theory]
    [InlineData("longer than a day")]
    [InlineData("for no time")]
    [InlineData("serial 0")]
    [InlineData("a key twice")]
    [InlineData("a root as principal")]
    [InlineData("no reason")]
    public void A_list_that_breaks_a_rule_is_refused_unread(string how)
    {
        var list = office.Of(a.UserSigning.KeyId);
        var broken = how switch
        {
            "longer than a day" => list with { NotAfter = list.IssuedAt.AddHours(24).AddTicks(1) },
            "for no time" => list with { NotAfter = list.IssuedAt },
            "serial 0" => list with { Serial = 0 },
            "a key twice" => list with { Keys = [list.Keys[0], list.Keys[0]] },
            "a root as principal" => list with { Principals = [new RevokedPrincipal("root", Partner.Now, "x")] },
            _ => list with { Keys = [list.Keys[0] with { Reason = "" }] },
        };

        Assert.Equal("content-invalid", Assert.Throws<SignatureException>(() => office.Sign(broken)).Code);
        Assert.Equal("content-invalid", Refused(SignedDocument.Sign(broken, KeyRevocationStatement.JwsType,
            SignedJson.Default.KeyRevocationStatement, office.Key, office.Chain)));
    }

    private KeyRevocations Verify(string jws) => KeyRevocations.Verify(jws, a.Trust, Partner.Now);

    private string Refused(string jws, KeyRevocations? before = null) =>
        Assert.ThrowsAny<TrustException>(() => KeyRevocations.Verify(jws, a.Trust, Partner.Now, before)).Code;
}
