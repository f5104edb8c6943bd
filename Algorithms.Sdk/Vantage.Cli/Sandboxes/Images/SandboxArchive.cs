using System.Text.Json;
using Vantage.Cli.CommandLine;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Archives;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Cli.Sandboxes.Images;

/// <summary>
/// All images of a sandbox, signed, in one archive, which its nodes take in as they would from any publisher: those of the
/// installed worker's algorithms, and those that the person brought. The key that signs them lives for this sandbox only.
/// </summary>
/// <param name="folder">Where archive, key and catalogue come to lie.</param>
internal sealed class SandboxArchive(string folder, TimeProvider time)
{
    /// <summary>Names that nobody on any network can have.</summary>
    private const string Statistics = "sandbox.localhost/statistics";

    private const string Own = "sandbox.localhost/own";

    private readonly List<CatalogueEntry> entries = [];
    private readonly List<string> brought = [];

    public string File => Path.Combine(folder, "images.tar");

    public string PublicKey => Path.Combine(folder, "sandbox.pub");

    /// <summary>What 'vantage keys catalogue --from' takes.</summary>
    public string Catalogue => Path.Combine(folder, "catalogue.json");

    /// <summary>What the sandbox brings into the engine, by the engine's ids.</summary>
    public IReadOnlyList<string> Brought => brought;

    public IReadOnlyList<AlgorithmManifest> Algorithms => [.. entries.Select(entry => entry.Manifest)];

    /// <summary>As a policy names them, whatever their digests.</summary>
    public IReadOnlyList<string> Names => [.. entries.Select(entry => entry.Ref[..entry.Ref.IndexOf('@', StringComparison.Ordinal)])];

    /// <summary>All that this publisher may sign for.</summary>
    public static IReadOnlyList<string> Places { get; } = [$"{Statistics}/*", $"{Own}/*"];

    public async Task MakeAsync(string worker, IReadOnlyList<OwnImage> own, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        using var key = SigningKey.Create();
        await System.IO.File.WriteAllTextAsync(PublicKey, key.PublicKey.ToPem(), cancellationToken);
        await using (var file = System.IO.File.Create(File))
        await using (var writer = new LayoutWriter(file))
        {
            foreach (var image in await WorkerImages.AddAsync(writer, worker, folder, time, cancellationToken))
            {
                brought.Add(image.Id.ToString());
                await ListAsync(writer, key, Statistics, image.Root, image.Algorithm, cancellationToken);
            }

            foreach (var image in own)
            {
                await image.AddAsync(writer, cancellationToken);
                brought.AddRange(image.IsBrought ? [image.Id.ToString()] : []);
                await ListAsync(writer, key, Own, image.Root, image.Algorithm, cancellationToken);
            }

            await writer.FinishAsync(cancellationToken);
        }

        await System.IO.File.WriteAllTextAsync(Catalogue, JsonSerializer.Serialize(
            new AlgorithmCatalogue(AlgorithmCatalogue.CurrentVersion, entries), AlgorithmsJson.Default.AlgorithmCatalogue), cancellationToken);
    }

    private async Task ListAsync(
        LayoutWriter writer, SigningKey key, string place, Descriptor root, AlgorithmManifest algorithm, CancellationToken cancellationToken)
    {
        if (entries.Exists(entry => entry.Manifest.Name == algorithm.Name))
        {
            throw UsageException.Because($"Two algorithms of this sandbox are called '{algorithm.Name}', and people ask by that name.",
                "An image says in its label org.vantage.algorithm how it is called: give yours another name.");
        }

        var repository = ImageRepository.Parse($"{place}/{algorithm.Name}");
        writer.ListImage(root, $"{repository}:{algorithm.Version}");
        var payload = SimpleSigning.Write(repository, root.Digest);
        Descriptor[] signed = [SignatureArtefacts.SigLayer(payload, key.SignDer(payload))];
        var config = SignatureArtefacts.SigConfig(signed);
        var signature = SignatureArtefacts.SigManifest(config, signed);
        await writer.AddAsync(payload, cancellationToken);
        await writer.AddAsync(config, cancellationToken);
        writer.ListSignatures(new(OciMedia.Manifest, await writer.AddAsync(signature, cancellationToken), signature.Length), root.Digest);
        entries.Add(new($"oci:{repository}@{root.Digest}", algorithm));
    }
}
