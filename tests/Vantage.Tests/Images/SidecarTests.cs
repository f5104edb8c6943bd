using System.Text.Json.Nodes;
using Vantage.NodeAgent.Images;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.Images;

/// <summary>An image of somebody else's: what its sidecar has to be for a node to run it.</summary>
public sealed class SidecarTests : IAsyncLifetime
{
    private readonly SampleImage image = SampleImage.Make(labelled: false);
    private ImageWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await ImageWorld.StartAsync();
        world.Put(image);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task SignedSidecar_AdmitsAnImageThatNobodySigned()
    {
        var digest = world.PutSidecar(image.Digest, SampleSidecar.Of(image.Digest), world.Key);

        var facts = Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest)).Facts;

        Assert.Equal(("mean", "authors", "sidecar", digest), (facts.Algorithm.Name, facts.Publisher, facts.How, facts.Sidecar!.Digest));
        Assert.Equal(Digest.Of(image.Config), facts.Config);
    }

    [Fact]
    public async Task ImageOfOurContract_SpeaksForItself()
    {
        var own = SampleImage.Make();
        world.Put(own);
        world.SignByTag(own.Digest);
        world.PutSidecar(own.Digest, SampleSidecar.Of(own.Digest), world.Key);

        Assert.Null(Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(own.Digest)).Facts.Sidecar);
    }

    [Fact]
    public async Task SidecarsThatDoNotCount_AreRefused_EachWithItsReason()
    {
        var other = SampleImage.Make("2.0.0").Digest;
        using var stranger = SigningKey.Create();

        Assert.Equal("image-unsigned", await world.CodeAsync(image.Digest));
        Assert.Equal("image-sidecar-unsigned", await PutAsync(_ => { }, signer: null));
        Assert.Equal("image-sidecar-wrong-key", await PutAsync(_ => { }, signer: stranger));
        Assert.Equal("image-sidecar-misplaced", await PutAsync(s => s["image"] = other.ToString(), world.Key));
        Assert.Equal("image-sidecar-misplaced", await PutAsync(_ => { }, world.Key, subject: other));
        Assert.Equal("image-sidecar-invalid", await PutAsync(s => s["contract"] = "vantage6-v9", world.Key));
        Assert.Equal("image-sidecar-invalid", await PutAsync(s => s["unknown"] = 1, world.Key));
        Assert.Equal("image-sidecar-invalid", await PutAsync(s => s["serial"] = 0, world.Key));
        Assert.Equal("image-sidecar-invalid", await PutAsync(s => Function(s, 1)["name"] = "central", world.Key));
        Assert.Equal("image-sidecar-invalid", await PutAsync(s => Function(s, 1)["description"] = "FILL IN: what it gives", world.Key));
        Assert.Equal("image-unsupported", await PutAsync(s => s["databases"] = JsonNode.Parse("""[{"name":"table","type":"omop"}]"""), world.Key));
    }

    [Fact]
    public async Task OlderSidecar_IsRefusedOnceANewerWasSeen_AndAfterARestartToo()
    {
        var first = SampleSidecar.Of(image.Digest, serial: 3);
        world.PutSidecar(image.Digest, first, world.Key);
        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest));
        world.PutSidecar(image.Digest, SampleSidecar.Of(image.Digest, serial: 4), world.Key);
        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest));

        world.PutSidecar(image.Digest, first, world.Key);
        Assert.Equal("image-sidecar-rolled-back", await world.CodeAsync(image.Digest));
        world.Restart();
        Assert.Equal("image-sidecar-rolled-back", await world.CodeAsync(image.Digest));
        world.PutSidecar(image.Digest, SampleSidecar.Of(image.Digest, serial: 4, version: "1.5.0"), world.Key);
        Assert.Equal("image-sidecar-rolled-back", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task RevokedSidecar_AndOneOfATooOldVersion_AreRefused()
    {
        var digest = world.PutSidecar(image.Digest, SampleSidecar.Of(image.Digest), world.Key);
        Assert.Equal("image-rolled-back", await world.CodeAsync(image.Digest, world.Publisher(minimum: "1.5")));

        world.Revoke(1, images: [digest]);

        Assert.Equal("image-revoked", await world.CodeAsync(image.Digest));
    }

    private static JsonObject Function(JsonObject sidecar, int place) => sidecar["algorithm"]!["functions"]![place]!.AsObject();

    private async Task<string> PutAsync(Action<JsonObject> change, SigningKey? signer, Digest? subject = null)
    {
        var sidecar = SampleSidecar.Of(image.Digest);
        change(sidecar);
        world.PutSidecar(image.Digest, sidecar, signer, subject);
        return await world.CodeAsync(image.Digest);
    }
}
