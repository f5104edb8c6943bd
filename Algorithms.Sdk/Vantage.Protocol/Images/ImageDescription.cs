using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images;

/// <summary>What lies under a digest, for one kind of machine. All of it follows from the digest.</summary>
/// <param name="Manifest">The digest that was asked for, of an image or an index.</param>
/// <param name="PlatformManifest">The image's own: the same unless the former is an index.</param>
/// <param name="Config">Digest of the image's config, by which engines name an image.</param>
/// <param name="Content">What the config says.</param>
/// <param name="Bytes">Of its layers, compressed.</param>
public sealed record ImageDescription(Digest Manifest, Digest PlatformManifest, Digest Config, ImageConfig Content, long Bytes)
{
    private const long MaxImageBytes = 64L << 30;

    /// <summary>Throws <see cref="ImageException"/>.</summary>
    public static async Task<ImageDescription> ReadAsync(
        IImageContent content, Digest digest, ImagePlatform platform, CancellationToken cancellationToken)
    {
        var (_, manifest) = await content.ReadManifestAsync(digest, cancellationToken);
        var own = digest;
        if (manifest is ImageManifest.Several index)
        {
            var entry = Choose(index, platform);
            own = entry.Digest;
            (_, manifest) = await content.ReadManifestAsync(own, cancellationToken);
            if (manifest.MediaType != entry.MediaType)
                throw new ImageException(ImageFault.ImageAmbiguous, "The index and the manifest differ about what the manifest is.");
        }

        if (manifest is not ImageManifest.Single { ArtifactType: null } image || !OciMedia.IsConfig(image.Config.MediaType))
            throw new ImageException(ImageFault.ImageMalformed, $"{own} is not an image.");
        if (image.Layers.FirstOrDefault(layer => !OciMedia.IsLayer(layer.MediaType)) is { } odd)
            throw new ImageException(ImageFault.ImageMalformed, $"A layer of {own} is of a kind that is not run here ({odd.MediaType}).");
        var bytes = image.Layers.Aggregate(0L, (sum, layer) => sum > MaxImageBytes ? sum : sum + Math.Min(layer.Size, MaxImageBytes + 1));
        if (bytes > MaxImageBytes)
            throw new ImageException(ImageFault.ImageTooLarge, $"The layers of {own} are larger than {MaxImageBytes >> 30} GiB.");
        var config = ImageConfig.Read(
            await content.ReadBlobAsync(image.Config, ImageConfig.MaxBytes, "the image's config", cancellationToken));
        return config.Platform == platform
            ? new(digest, own, image.Config.Digest, config, bytes)
            : throw new ImageException(ImageFault.ImagePlatformMissing, $"The image is for {config.Platform}, and this machine is {platform}.");
    }

    /// <summary>Exactly one: where there are two, an engine might take the other.</summary>
    private static Descriptor Choose(ImageManifest.Several index, ImagePlatform platform) =>
        index.Manifests.Where(m => m.Platform == platform && OciMedia.IsImage(m.MediaType)).Take(2).ToList() switch
        {
            [var only] => only,
            [] => throw new ImageException(ImageFault.ImagePlatformMissing, $"The image is for "
                + $"{string.Join(", ", index.Manifests.Select(m => m.Platform?.ToString() ?? "unnamed").Distinct())}, not for {platform}."),
            _ => throw new ImageException(ImageFault.ImageAmbiguous, $"The image has two variants for {platform}; it has to be one."),
        };
}
