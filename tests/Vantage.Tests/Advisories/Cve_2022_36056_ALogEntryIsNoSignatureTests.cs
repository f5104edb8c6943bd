using System.Text;
using Vantage.NodeAgent.Images;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Tests.Images;

namespace Vantage.Tests.Advisories;

/// <summary>
/// cosign took a transparency log's entry for proof without comparing it with the artefact. Here such entries are not read
/// at all: only a pinned key's signature over this very digest counts.
/// </summary>
public sealed class Cve_2022_36056_ALogEntryIsNoSignatureTests : IAsyncLifetime
{
    private readonly SampleImage image = SampleImage.Make();
    private ImageWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await ImageWorld.StartAsync();
        world.Put(image);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task AnEntryBesideAForeignKeysSignature_DoesNotHelpIt()
    {
        using var stranger = SigningKey.Create();
        Attach(stranger, image.Digest);

        Assert.Equal("image-wrong-key", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task AnEntryAboutThisImage_DoesNotHelpASignatureOfAnother()
    {
        Attach(world.Key, SampleImage.Make("2").Digest);

        Assert.Equal("image-signature-misplaced", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task AnEntryThatSaysSomethingElse_DoesNotHarm_AndNobodySaysThatItWasChecked()
    {
        Attach(world.Key, image.Digest);

        var facts = Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest)).Facts;

        Assert.Equal("sig-tag", facts.How);
    }

    /// <summary>cosign's older form, with the entry of some other artefact in the annotation where cosign keeps it.</summary>
    private void Attach(SigningKey key, Digest about)
    {
        var payload = Encoding.UTF8.GetBytes(
            $$$"""{"critical":{"identity":{"docker-reference":""},"image":{"docker-manifest-digest":"{{{about}}}"},"type":"cosign container image signature"},"optional":null}""");
        const string entry = """{\"SignedEntryTimestamp\":\"MEUCIQ==\",\"Payload\":{\"body\":\"e30=\",\"integratedTime\":1,\"logIndex\":1,\"logID\":\"00\"}}""";
        world.Registry.PutBlob(payload);
        world.Registry.Put("manifests", $"sha256-{image.Digest.ToHex()}.sig", Encoding.UTF8.GetBytes(
            $$$"""{"schemaVersion":2,"mediaType":"{{{OciMedia.Manifest}}}","config":{"mediaType":"{{{OciMedia.Config}}}","size":2,"digest":"sha256:{{{SampleImage.Hex("{}"u8.ToArray())}}}"},"layers":[{"mediaType":"{{{OciMedia.SimpleSigning}}}","size":{{{payload.Length}}},"digest":"sha256:{{{SampleImage.Hex(payload)}}}","annotations":{"dev.cosignproject.cosign/signature":"{{{Convert.ToBase64String(ImageWorld.Der(key, payload))}}}","dev.sigstore.cosign/bundle":"{{{entry}}}"}}]}"""),
            OciMedia.Manifest);
    }
}
