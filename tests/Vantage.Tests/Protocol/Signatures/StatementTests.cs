using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;
using Vantage.Tests.Protocol.Envelopes;

namespace Vantage.Tests.Protocol.Signatures;

/// <summary>What we sign ourselves; what others sign wrongly is in the vectors.</summary>
public sealed class StatementTests
{
    private readonly Partner a = new();
    private readonly Partner b = new("Universitätsklinikum Nord");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Pins_believe_what_they_list_and_nothing_else()
    {
        var stranger = new Partner("Nobody");
        var jws = Pins.Sign(PinsOf(a, b), a.RootKey, a.Root);

        var pins = Pins.Verify(jws, a.Root, Partner.Now);

        Assert.Equal(b.Id, Certificates.Verify(b.NodeSigning, pins, Partner.Now).Organization);
        var refused = Assert.Throws<CertificateException>(() => Certificates.Verify(stranger.NodeSigning, pins, Partner.Now));
        Assert.Equal(CertificateFault.OrganizationNotPinned, refused.Fault);
        Assert.Equal("Universitätsklinikum Nord", pins.RootsOf(b.Id).Single().Name);
    }

    [Fact]
    public void A_sign_in_answers_one_challenge_of_one_coordinator()
    {
        var statement = new SignInStatement
        {
            V = 1,
            Node = a.Node,
            Challenge = "challenge",
            Audience = "https://coordinator.example/",
            IssuedAt = Partner.Now,
        };

        var jws = SignInStatement.Sign(statement, a.NodeKey, a.NodeChain);

        Assert.Equal(statement, SignInStatement.Verify(jws, "challenge", "https://coordinator.example/", a.Trust, Partner.Now).Value);
    }

    [Fact]
    public async Task A_grant_lets_a_later_recipient_read_and_changes_nothing_else()
    {
        var context = Some.ResultContext();
        var plaintext = Some.Bytes(100_000);
        var envelope = Envelope.Seal(plaintext, context, [a.UserEncryptionKey.PublicKey]);

        var granted = Grant.Create(
            envelope, Digest.Of(envelope), context, a.UserEncryptionKey, b.UserEncryptionKey.PublicKey, Partner.Now);
        var verified = Grant.Verify(Grant.Sign(granted, a.UserKey, a.UserChain), a.Trust, Partner.Now);
        await using var stream = await Grant.OpenStreamAsync(new MemoryStream(envelope), verified.Value, b.UserEncryptionKey, Token);
        using var opened = new MemoryStream();
        await stream.CopyToAsync(opened, Token);

        Assert.Equal(plaintext, Grant.Open(envelope, verified.Value, b.UserEncryptionKey));
        Assert.Equal(plaintext, opened.ToArray());
        Assert.Equal(
            EnvelopeFault.NotARecipient,
            Assert.Throws<EnvelopeException>(() => Envelope.Open(envelope, context, b.UserEncryptionKey)).Fault);
    }

    private PinStatement PinsOf(params Partner[] partners) => new()
    {
        V = 1,
        Issuer = a.Id,
        Serial = 1,
        IssuedAt = Partner.Now,
        Roots = [.. partners.Select(p => new PinnedRootEntry(p.Id, p.Root.Name, p.Root.Der.ToArray()))],
    };
}
