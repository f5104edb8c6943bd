using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images;

/// <summary>Reads what a store has, believing only digests.</summary>
public static class ImageContents
{
    /// <summary>The manifest of exactly this digest. Throws <see cref="ImageException"/>.</summary>
    public static async Task<(StoredManifest Stored, ImageManifest Manifest)> ReadManifestAsync(
        this IImageContent content, Digest digest, CancellationToken cancellationToken)
    {
        var stored = await content.FindManifestAsync(digest.ToString(), cancellationToken) ?? throw new ImageException(
            ImageFault.ImageNotFound, $"{content.Repository} has no manifest {digest}: it was never pushed there, or was removed.");
        return stored.Digest == digest
            ? (stored, ImageManifest.Read(stored.Bytes, stored.MediaType))
            : throw new ImageException(ImageFault.ImageAltered,
                $"{content.Repository} answers with {stored.Digest} where {digest} was asked for: it was altered there or on the way.");
    }

    /// <summary>The whole blob that a descriptor names: of its size and digest, or an <see cref="ImageException"/>.</summary>
    /// <param name="content">Where it lies.</param>
    /// <param name="blob">What is expected.</param>
    /// <param name="max">Larger ones are not even begun.</param>
    /// <param name="what">How messages call it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<byte[]> ReadBlobAsync(
        this IImageContent content, Descriptor blob, int max, string what, CancellationToken cancellationToken)
    {
        if (blob.Size > max)
            throw new ImageException(ImageFault.ImageTooLarge, $"{what} has {blob.Size} bytes; at most {max} are read.");
        await using var stream = await content.OpenBlobAsync(blob.Digest, cancellationToken) ?? throw new ImageException(
            ImageFault.ImageNotFound, $"{content.Repository} has no blob {blob.Digest}, which should be {what}.");
        // One byte more than expected tells a longer blob from the right one without reading on.
        var bytes = new byte[blob.Size + 1];
        var length = await ReadAsync(stream, bytes, content.Repository, cancellationToken);
        return length == blob.Size && Digest.Of(bytes.AsSpan(0, length)) == blob.Digest
            ? bytes[..length]
            : throw new ImageException(ImageFault.ImageAltered,
                $"{what} in {content.Repository} is not what its digest says: it was altered, cut off or added to.");
    }

    private static async Task<int> ReadAsync(
        Stream stream, byte[] bytes, ImageRepository repository, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new ImageException(ImageFault.ImageRegistryUnavailable, $"The answer of {repository.Host} broke off: {e.Message}", e);
        }
    }
}
