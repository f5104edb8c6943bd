using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Archives;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Images.Importing;

/// <summary>
/// Brings images of an archive in: first who signed them, then every byte of them, then the engine, and last the node's own
/// folder, by which requests find them. Broken off before that, nothing has been imported.
/// </summary>
internal sealed class ImportDesk(NodeHome home, NodePolicy policy, SignedLayout layout, EngineClient engine, long most)
{
    private readonly LayerAudit audit = new(layout.Open, most);

    /// <summary>All of them or none. Throws <see cref="ImageException"/> for what a registry's image would be refused for, too.</summary>
    public async Task<IReadOnlyList<ImportedImage>> ImportAsync(
        IEnumerable<(LaidImage Image, ImageRepository Repository)> images, CancellationToken cancellationToken)
    {
        var wanted = new List<(IImageContent Content, ImageFacts Facts, LoadedImage Load)>();
        foreach (var (image, repository) in images)
        {
            var content = layout.Of(image, repository);
            var facts = await VerifyAsync(content, image.Root.Digest, cancellationToken);
            wanted.Add((content, facts, await AuditAsync(content, facts, cancellationToken)));
        }

        var loaded = await new ImageLoad(engine, digest => layout.Open(digest)!).LoadAsync([.. wanted.Select(one => one.Load)], cancellationToken);
        foreach (var (content, facts, _) in wanted)
        {
            await new ImportedImages(home).KeepAsync(content, facts.Manifest, cancellationToken);
        }

        return [.. wanted.Select(one => new ImportedImage($"oci:{one.Facts.Repository}@{one.Facts.Manifest}", one.Facts.Algorithm.Name,
            one.Facts.Algorithm.Version, one.Facts.Publisher, loaded.Contains(one.Load)))];
    }

    private async Task<LoadedImage> AuditAsync(IImageContent content, ImageFacts facts, CancellationToken cancellationToken)
    {
        var (_, manifest) = await content.ReadManifestAsync(facts.PlatformManifest, cancellationToken);
        var single = (ImageManifest.Single)manifest;
        var config = await content.ReadBlobAsync(single.Config, ImageConfig.MaxBytes, "the image's config", cancellationToken);
        await audit.RequireAsync(single.Layers, config, cancellationToken);
        return new(config, single.Layers, $"{content.Repository}:imported-{facts.Manifest.ToHex()[..12]}");
    }

    /// <summary>As for a request under a rule that names all publishers: a rule that names fewer refuses later.</summary>
    private async Task<ImageFacts> VerifyAsync(IImageContent content, Digest digest, CancellationToken cancellationToken)
    {
        var book = new ImageBook(new OneImage(content), new RevocationBoard(home, TimeProvider.System) { RemembersSerial = false },
            new KnownImages(), new SidecarSerials(home), null, TimeProvider.System, NullLogger<ImageBook>.Instance);
        var wanted = AlgorithmRef.Parse($"oci:{content.Repository}@{digest}");
        return await book.ResolveAsync(wanted, new ImageTrust("image import", policy.Publishers, []), cancellationToken) switch
        {
            ImageVerdict.Verified verified => verified.Facts,
            ImageVerdict.Refused refused => throw new CommandFailure(Protocol.Errors.ExitCodes.Untrusted, $"{refused.Message} ({refused.Code})"),
            var other => throw new InvalidOperationException($"No step for {other}."),
        };
    }

    private sealed class OneImage(IImageContent content) : IImageStore
    {
        public (IImageContent Content, bool Imported) Open(ImageRepository repository, Digest digest) => (content, true);
    }
}
