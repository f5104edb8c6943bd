using System.Text;
using System.Text.Json.Nodes;
using Vantage.NodeAgent.Images;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Signing;
using Vantage.Tests.Images;

namespace Vantage.Tests.Advisories;

/// <summary>cosign accepted a bundle whose log entry was of another signature. Here the entry is not read, in this form neither.</summary>
public sealed class Cve_2026_22703_ABundlesLogEntryIsNoSignatureTests : IAsyncLifetime
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
    public async Task AForeignKeysBundle_IsRefused_WhateverEntryItCarries()
    {
        using var stranger = SigningKey.Create();
        Attach(stranger, image.Digest);

        Assert.Equal("image-wrong-key", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task AStatementAboutAnotherImage_IsRefused_WhateverEntryItCarries()
    {
        Attach(world.Key, SampleImage.Make("2").Digest);

        Assert.Equal("image-signature-misplaced", await world.CodeAsync(image.Digest));
    }

    [Fact]
    public async Task AGoodBundle_CountsByItsKeyAlone()
    {
        Attach(world.Key, image.Digest);

        Assert.Equal("bundle", Assert.IsType<ImageVerdict.Verified>(await world.AskAsync(image.Digest)).Facts.How);
    }

    private void Attach(SigningKey key, Digest about)
    {
        var statement = SigstoreBundle.WriteStatement(about);
        var json = JsonNode.Parse(SigstoreBundle.Write(statement, key.SignDer(SigstoreBundle.SignedBytes(statement)), key.KeyId))!;
        json["verificationMaterial"]!["tlogEntries"] = new JsonArray(new JsonObject
        {
            ["logIndex"] = "1",
            ["kindVersion"] = new JsonObject { ["kind"] = "dsse", ["version"] = "0.0.1" },
            ["canonicalizedBody"] = Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"spec\":{\"payloadHash\":{\"algorithm\":\"sha256\",\"value\":\"" + image.Digest.ToHex() + "\"}}}")),
        });
        var bundle = Encoding.UTF8.GetBytes(json.ToJsonString());
        var manifest = SignatureArtefacts.BundleManifest(bundle, new(OciMedia.Manifest, image.Digest, image.Manifest.Length));
        world.Registry.PutBlob(bundle);
        world.Registry.PutBlob(SignatureArtefacts.EmptyConfig.ToArray());
        world.Registry.Put("manifests", Digest.Of(manifest).ToString(), manifest, OciMedia.Manifest);
        world.Registry.Put("referrers", image.Digest.ToString(), SignatureArtefacts.Referrers([SignatureArtefacts.Referrer(manifest)]), OciMedia.Index);
    }
}
