using Vantage.NodeAgent.Images;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;
using Vantage.Tests.Protocol;

namespace Vantage.Tests.Images;

/// <summary>What was revoked does not run, and nobody gains by holding the list back.</summary>
public sealed class RevocationTests : IAsyncLifetime
{
    private readonly SampleImage image = SampleImage.Make();
    private ImageWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await ImageWorld.StartAsync();
        world.Put(image);
        world.SignByTag(image.Digest);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task RevokedImage_IsRefused_ThoughItRanBefore()
    {
        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest));

        world.Revoke(1, images: [image.Digest]);

        Assert.Equal("image-revoked", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task RevokedConfig_MeansTheImage()
    {
        world.Revoke(1, images: [Digest.Of(image.Config)]);

        Assert.Equal("image-revoked", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task RevokedKey_CountsNoMore_AndAnotherDoes()
    {
        world.Revoke(1, keys: [world.Key.KeyId]);
        Assert.Equal("image-revoked", await world.CodeAsync(image.Digest));

        using var second = SigningKey.Create();
        world.SignByTag(image.Digest, second);

        var verified = Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(
            image.Digest, world.Publisher(), world.Publisher(second, name: "reviewers")));
        Assert.Equal("reviewers", verified.Facts.Publisher);
    }

    [Fact]
    public async Task ListThatRevokesSomethingElse_ChangesNothing()
    {
        world.Revoke(1, images: [Digest.OfText("other")], keys: [SigningKey.Create().KeyId]);

        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest));
    }

    [Fact]
    public async Task ExpiredList_RefusesEverything_UntilThereIsANewOne()
    {
        world.Revoke(1, lasts: TimeSpan.FromDays(1));
        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest));

        world.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("image-revocations-unusable", await world.CodeAsync(image.Digest));

        world.Revoke(2);
        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest));
    }

    [Fact]
    public async Task OlderOrMissingList_RefusesEverything_AlsoAfterARestart()
    {
        world.Revoke(5);
        await world.AskAsync(image.Digest);

        world.Revoke(4);
        Assert.Equal("image-revocations-unusable", await world.CodeAsync(image.Digest));
        world.Restart();
        Assert.Equal("image-revocations-unusable", await world.CodeAsync(image.Digest));
        File.Delete(world.RevocationsPath);
        world.Restart();
        Assert.Equal("image-revocations-unusable", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task DamagedOrForeignList_RefusesEverything()
    {
        var stranger = new Partner();
        await File.WriteAllTextAsync(world.RevocationsPath, Revocations.Sign(Statement(stranger), stranger.RootKey, stranger.Root),
            TestContext.Current.CancellationToken);
        Assert.Equal("image-revocations-unusable", await world.CodeAsync(image.Digest));

        await File.WriteAllTextAsync(world.RevocationsPath, "rubbish", TestContext.Current.CancellationToken);
        Assert.Equal("image-revocations-unusable", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public void OnlyTheRootSignsIt()
    {
        var partner = new Partner();
        var byPerson = Vantage.Protocol.Signatures.SignedDocument.Sign(Statement(partner), RevocationStatement.JwsType,
            Vantage.Protocol.Json.SignedJson.Default.RevocationStatement, partner.UserKey, partner.UserChain);

        var refused = Assert.ThrowsAny<TrustException>(() => Revocations.Verify(byPerson, partner.Root, Partner.Now));

        Assert.Equal("wrong-signer", refused.Code);
    }

    private static RevocationStatement Statement(Partner issuer) => new()
    {
        V = 1,
        Issuer = issuer.Id,
        Serial = 1,
        IssuedAt = Partner.Now,
        NotAfter = Partner.Now.AddDays(1),
        Images = [],
        Keys = [],
    };
}
