using Vantage.NodeAgent.Images;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;

namespace Vantage.Tests.Images;

/// <summary>Which images a node may run, and why not the others.</summary>
public sealed class ImageBookTests : IAsyncLifetime
{
    private readonly SampleImage image = SampleImage.Make("1.4.0");
    private ImageWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await ImageWorld.StartAsync();
        world.Put(image);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task SignedImage_IsVerifiedWithAllThatIsKnownOfIt()
    {
        world.SignByTag(image.Digest);

        var facts = Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest)).Facts;

        Assert.Equal((world.Repository, image.Digest, Digest.Of(image.Config)), (facts.Repository.ToString(), facts.Manifest, facts.Config));
        Assert.Equal(("glm", "authors", world.Key.KeyId, "sig-tag"), (facts.Algorithm.Name, facts.Publisher, facts.Key, facts.How));
    }

    [Fact]
    public async Task VerifiedImage_IsRemembered_ButWhoseKeyCountsIsAskedEachTime()
    {
        world.SignByTag(image.Digest);
        await world.AskAsync(image.Digest);
        var asked = world.Registry.Asked.Count;

        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest));
        Assert.Equal(asked, world.Registry.Asked.Count);
        Assert.Equal("image-wrong-key", await world.CodeAsync(image.Digest, world.Publisher(SigningKey.Create())));
    }

    [Fact]
    public async Task RefusedImage_IsLookedAtAgain()
    {
        Assert.Equal("image-unsigned", await world.CodeAsync(image.Digest));

        world.SignByTag(image.Digest);

        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest));
    }

    [Fact]
    public async Task SignatureByAnotherKey_IsRefused()
    {
        world.SignByTag(image.Digest, SigningKey.Create());

        Assert.Equal("image-wrong-key", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task SignatureOfAnotherImage_IsRefused()
    {
        world.SignByTag(image.Digest, about: SampleImage.Make("1.3.9").Digest);

        Assert.Equal("image-signature-misplaced", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task SignatureForAnotherPurpose_IsRefused()
    {
        var payload = System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"critical":{"identity":{},"image":{"docker-manifest-digest":"{{{image.Digest}}}"},"type":"an attestation"}}""");
        world.SignByTag(image.Digest, payload: payload);

        Assert.Equal("image-signature-misplaced", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task BundleOfAnotherPredicate_IsRefused_AndItsKeyIsNamedWhereItWasAltered()
    {
        var folder = Directory.CreateTempSubdirectory("vtg-bundle-");
        var key = await OpenSsl.KeyAsync(Path.Combine(folder.FullName, "k"));
        using var signer = KeyFile.LoadSigningKey(key);
        var artefacts = await ByOpenssl.BundleAsync(image, key, "https://spdx.dev/Document/v2.3");
        folder.Delete(recursive: true);
        world.Put(artefacts);

        Assert.Equal("image-signature-misplaced", await world.CodeAsync(image.Digest, world.Publisher(signer)));

        // The same bundle, its statement changed: the key that it names does not fit any more.
        var text = System.Text.Encoding.UTF8.GetString(artefacts[0].Blobs[0]);
        var payload = text.Split("\"payload\":\"")[1].Split('"')[0];
        var other = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(payload))
            .Replace("https://spdx.dev/Document/v2.3", "https://sigstore.dev/cosign/sign/v1", StringComparison.Ordinal)));
        var forged = System.Text.Encoding.UTF8.GetBytes(text.Replace(payload, other, StringComparison.Ordinal));
        world.Registry.PutBlob(forged);
        string Moved(byte[] manifest) => System.Text.Encoding.UTF8.GetString(manifest)
            .Replace($"\"size\":{artefacts[0].Blobs[0].Length}", $"\"size\":{forged.Length}", StringComparison.Ordinal)
            .Replace(SampleImage.Hex(artefacts[0].Blobs[0]), SampleImage.Hex(forged), StringComparison.Ordinal);
        var carrier = System.Text.Encoding.UTF8.GetBytes(Moved(artefacts[0].Manifest));
        world.Registry.Put("manifests", "sha256:" + SampleImage.Hex(carrier), carrier, OciMedia.Manifest);
        var list = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(artefacts[1].Manifest)
            .Replace(artefacts[0].Reference, "sha256:" + SampleImage.Hex(carrier), StringComparison.Ordinal)
            .Replace($"\"size\":{artefacts[0].Manifest.Length}", $"\"size\":{carrier.Length}", StringComparison.Ordinal));
        world.Registry.Put("manifests", artefacts[1].Reference, list, OciMedia.Index);

        Assert.Equal("image-signature-invalid", await world.CodeAsync(image.Digest, world.Publisher(signer)));
    }

    [Fact]
    public async Task ImageElsewhereThanItsPublisherPublishes_IsRefusedUnasked()
    {
        world.SignByTag(image.Digest);

        Assert.Equal("image-publisher-unknown", await world.CodeAsync(image.Digest, world.Publisher(repositories: $"{world.Registry.Host}/other/*")));
        Assert.Equal("image-publisher-unknown", await world.CodeAsync(image.Digest, world.Publisher(repositories: $"{world.Registry.Host}/vantage/gl")));
        Assert.Empty(world.Registry.Asked);
        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest, world.Publisher(repositories: $"{world.Registry.Host}/*")));
    }

    [Theory]
    [InlineData("1.4.0", null)]
    [InlineData("1.4", null)]
    [InlineData("1.4.1", "image-rolled-back")]
    [InlineData("2", "image-rolled-back")]
    [InlineData("1.10.0", "image-rolled-back")]
    public async Task OldVersion_IsRefusedHoweverWellSigned(string minimum, string? code)
    {
        world.SignByTag(image.Digest);

        var verdict = await world.AskAsync(image.Digest, world.Publisher(minimum: minimum));

        Assert.Equal(code, (verdict as ImageVerdict.Refused)?.Code);
    }

    [Fact]
    public async Task AlteredManifest_IsRefused()
    {
        world.SignByTag(image.Digest);
        world.Registry.Put("manifests", image.Digest.ToString(), SampleImage.Make("1.4.1").Manifest, OciMedia.Manifest);

        Assert.Equal("image-altered", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task AlteredConfig_IsRefused()
    {
        world.SignByTag(image.Digest);
        world.Registry.Put("blobs", Digest.Of(image.Config).ToString(), [.. image.Config[..^1], (byte)' ']);

        Assert.Equal("image-altered", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task AlteredPayload_IsRefused()
    {
        world.SignByTag(image.Digest);
        var payload = world.Registry.Things.Single(t => System.Text.Encoding.UTF8.GetString(t.Value.Bytes).StartsWith("{\"critical", StringComparison.Ordinal));
        world.Registry.Things[payload.Key] = (null, [.. payload.Value.Bytes[..^1], (byte)' ']);

        Assert.Equal("image-altered", await world.CodeAsync(image.Digest));
    }

    [Theory]
    [InlineData("nothing", false)]
    [InlineData("{}", true)]
    [InlineData("""{"v":2,"name":"a","version":"1","description":"","functions":[]}""", true)]
    [InlineData("""{"v":1,"name":"a","version":"1","description":"","functions":[]}""", true)]
    [InlineData("""{"v":1,"v":1,"name":"a","version":"1","description":"","functions":[]}""", true)]
    public async Task ImageThatDoesNotSayWhatItComputes_IsRefused(string label, bool labelled)
    {
        var silent = SampleImage.Make(label: label, labelled: labelled);
        world.Put(silent);
        world.SignByTag(silent.Digest);

        Assert.Equal("image-undescribed", await world.CodeAsync(silent.Digest));
    }

    [Fact]
    public async Task ImageForOtherMachines_IsRefused()
    {
        var other = SampleImage.Make(architecture: "s390x");
        world.Put(other);
        world.SignByTag(other.Digest);

        Assert.Equal("image-platform-missing", await world.CodeAsync(other.Digest));
    }

    [Fact]
    public async Task OneOfManySignatures_IsEnough_AndTooManyAreNotLookedAt()
    {
        var payload = System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"critical":{"identity":{},"image":{"docker-manifest-digest":"{{{image.Digest}}}"},"type":"cosign container image signature"}}""");
        using var stranger = SigningKey.Create();
        var others = Enumerable.Range(0, 49).Select(_ => (payload, ImageWorld.Der(stranger, payload))).ToList();

        world.Attach(image.Digest, [.. others, (payload, ImageWorld.Der(world.Key, payload))]);
        Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest));

        world.Restart();
        world.Attach(image.Digest, [.. others, others[0], (payload, ImageWorld.Der(world.Key, payload))]);
        Assert.Equal("image-too-large", await world.CodeAsync(image.Digest));
    }
}
