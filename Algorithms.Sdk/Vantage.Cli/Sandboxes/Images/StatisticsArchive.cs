using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vantage.Cli.Programs;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Archives;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Cli.Sandboxes.Images;

/// <summary>
/// The algorithms that the installed worker holds, each as a signed image, in one archive: they share the layer with the
/// worker and differ in what they say that they are. The key that signs them lives for this sandbox only.
/// </summary>
/// <param name="folder">Where archive, key and catalogue come to lie.</param>
internal sealed class StatisticsArchive(string folder, TimeProvider time)
{
    /// <summary>A name that nobody on any network can have.</summary>
    public const string Place = "sandbox.localhost/statistics";

    public string Archive => Path.Combine(folder, "statistics.tar");

    public string PublicKey => Path.Combine(folder, "sandbox.pub");

    /// <summary>What 'vantage keys catalogue --from' takes.</summary>
    public string Catalogue => Path.Combine(folder, "catalogue.json");

    /// <summary>The images' ids in an engine.</summary>
    public IReadOnlyList<string> Images { get; private set; } = [];

    public static string RepositoryOf(string algorithm) => $"{Place}/{algorithm}";

    public async Task MakeAsync(string worker, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var key = SigningKey.Create();
        await File.WriteAllTextAsync(PublicKey, key.PublicKey.ToPem(), cancellationToken);
        var held = await WorkerCatalogue.ReadAsync(worker, cancellationToken);
        var layerFile = Path.Combine(folder, "layer.tar");
        await using (var draft = File.Create(layerFile))
        {
            await WorkerLayer.WriteAsync(worker, draft, cancellationToken);
        }

        List<CatalogueEntry> entries = [];
        List<string> ids = [];
        await using (var file = File.Create(Archive))
        await using (var writer = new LayoutWriter(file))
        await using (var layer = File.OpenRead(layerFile))
        {
            var content = new Descriptor(OciMedia.Layer, await Digest.OfAsync(layer, cancellationToken), layer.Length);
            layer.Position = 0;
            await writer.AddAsync(content.Digest, layer, cancellationToken);
            foreach (var algorithm in held.Algorithms.Select(entry => entry.Manifest))
            {
                var config = Config(algorithm, Path.GetFileName(worker), content.Digest);
                ids.Add((await writer.AddAsync(config, cancellationToken)).ToString());
                var image = await AddImageAsync(writer, key, algorithm, config, content, cancellationToken);
                entries.Add(new($"oci:{RepositoryOf(algorithm.Name)}@{image}", algorithm));
            }

            await writer.FinishAsync(cancellationToken);
        }

        File.Delete(layerFile);
        Images = ids;
        await File.WriteAllTextAsync(Catalogue, JsonSerializer.Serialize(
            new AlgorithmCatalogue(AlgorithmCatalogue.CurrentVersion, entries), AlgorithmsJson.Default.AlgorithmCatalogue), cancellationToken);
    }

    private async Task<Digest> AddImageAsync(
        LayoutWriter writer, SigningKey key, AlgorithmManifest algorithm, byte[] config, Descriptor layer, CancellationToken cancellationToken)
    {
        var repository = ImageRepository.Parse(RepositoryOf(algorithm.Name));
        var manifest = SignatureArtefacts.SigManifest(config, [layer]);
        var image = await writer.AddAsync(manifest, cancellationToken);
        writer.ListImage(new(OciMedia.Manifest, image, manifest.Length), $"{repository}:{algorithm.Version}");

        var payload = SimpleSigning.Write(repository, image);
        Descriptor[] signed = [SignatureArtefacts.SigLayer(payload, key.SignDer(payload))];
        var signedConfig = SignatureArtefacts.SigConfig(signed);
        var signature = SignatureArtefacts.SigManifest(signedConfig, signed);
        await writer.AddAsync(payload, cancellationToken);
        await writer.AddAsync(signedConfig, cancellationToken);
        writer.ListSignatures(new(OciMedia.Manifest, await writer.AddAsync(signature, cancellationToken), signature.Length), image);
        return image;
    }

    /// <summary>When it was made stands in it, so that no two sandboxes have one image, which one of them would take away.</summary>
    private byte[] Config(AlgorithmManifest algorithm, string program, Digest layer) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["created"] = time.GetUtcNow().UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["architecture"] = ImagePlatform.OfThisMachine.Architecture,
        ["os"] = ImagePlatform.OfThisMachine.Os,
        ["config"] = new JsonObject
        {
            ["Entrypoint"] = new JsonArray(WorkerLayer.Worker + program, "as", algorithm.Name),
            // The root file system is read-only, and nobody debugs it there.
            ["Env"] = new JsonArray($"DOTNET_ROOT={WorkerLayer.DotNet}", "DOTNET_EnableDiagnostics=0"),
            ["User"] = "65532:65532",
            ["Labels"] = new JsonObject
            {
                [AlgorithmManifest.ImageLabel] = JsonSerializer.Serialize(algorithm, AlgorithmsJson.Default.AlgorithmManifest),
            },
        },
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(layer.ToString()) },
    }.ToJsonString());
}
