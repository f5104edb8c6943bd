using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Protocol.Images.Archives;

/// <summary>Takes an image with all its signatures out of a repository into an archive.</summary>
public static class LayoutCopy
{
    private const int MaxSignatureBytes = 64 * 1024;

    /// <summary>Throws <see cref="ImageException"/> for what the repository does not have as it should be.</summary>
    /// <param name="content">Where the image lies.</param>
    /// <param name="image">Its digest.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="withLayers">False where somebody has the layers already and only what was signed is kept.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task CopyAsync(
        this IImageContent content, Digest image, LayoutWriter to, bool withLayers, CancellationToken cancellationToken)
    {
        var (stored, manifest) = await content.ReadManifestAsync(image, cancellationToken);
        await to.AddAsync(stored.Bytes, cancellationToken);
        foreach (var child in (manifest as ImageManifest.Several)?.Manifests ?? [])
        {
            // A registry need not have what is for other machines.
            if (await content.FindManifestAsync(child.Digest.ToString(), cancellationToken) is null)
                continue;
            var (bytes, single) = await content.ReadManifestAsync(child.Digest, cancellationToken);
            await to.AddAsync(bytes.Bytes, cancellationToken);
            await CopyBlobsAsync(content, single, to, withLayers, cancellationToken);
        }

        await CopyBlobsAsync(content, manifest, to, withLayers, cancellationToken);
        to.ListImage(new(manifest.MediaType, image, stored.Bytes.Length), content.Repository.ToString());
        await CopyBundlesAsync(content, image, to, cancellationToken);
        await CopySignaturesAsync(content, image, to, cancellationToken);
    }

    private static async Task CopyBlobsAsync(
        IImageContent content, ImageManifest manifest, LayoutWriter to, bool withLayers, CancellationToken cancellationToken)
    {
        if (manifest is not ImageManifest.Single single)
            return;
        await to.AddAsync(await content.ReadBlobAsync(single.Config, ImageConfig.MaxBytes, "the image's config", cancellationToken), cancellationToken);
        foreach (var layer in withLayers ? single.Layers : [])
        {
            await using var blob = await content.OpenBlobAsync(layer.Digest, cancellationToken) ?? throw new ImageException(
                ImageFault.ImageNotFound, $"{content.Repository} has no layer {layer.Digest}.");
            await to.AddAsync(layer.Digest, blob, cancellationToken);
        }
    }

    private static async Task CopyBundlesAsync(IImageContent content, Digest image, LayoutWriter to, CancellationToken cancellationToken)
    {
        foreach (var referrer in (await content.ReferrersAsync(image, cancellationToken)).Where(r => r.ArtifactType == OciMedia.Bundle).Take(SignatureSearch.Most))
        {
            var (stored, manifest) = await content.ReadManifestAsync(referrer.Digest, cancellationToken);
            await to.AddAsync(stored.Bytes, cancellationToken);
            await CopySmallAsync(content, manifest, to, cancellationToken);
            to.ListBundle(new(manifest.MediaType, referrer.Digest, stored.Bytes.Length));
        }
    }

    private static async Task CopySignaturesAsync(IImageContent content, Digest image, LayoutWriter to, CancellationToken cancellationToken)
    {
        if (await content.FindManifestAsync(SimpleSigning.TagOf(image), cancellationToken) is not { } tagged)
            return;
        var manifest = ImageManifest.Read(tagged.Bytes, tagged.MediaType);
        await to.AddAsync(tagged.Bytes, cancellationToken);
        await CopySmallAsync(content, manifest, to, cancellationToken);
        to.ListSignatures(new(manifest.MediaType, tagged.Digest, tagged.Bytes.Length), image);
    }

    private static async Task CopySmallAsync(IImageContent content, ImageManifest manifest, LayoutWriter to, CancellationToken cancellationToken)
    {
        if (manifest is not ImageManifest.Single single)
            return;
        foreach (var blob in single.Layers.Take(SignatureSearch.Most).Prepend(single.Config).DistinctBy(b => b.Digest))
            await to.AddAsync(await content.ReadBlobAsync(blob, MaxSignatureBytes, "a signature", cancellationToken), cancellationToken);
    }
}
