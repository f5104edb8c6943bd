using System.Text.Json;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images.Archives;

/// <summary>An image in a file: an OCI archive, or what <c>docker save</c> writes.</summary>
public abstract class PackedImage : IDisposable
{
    /// <summary>The manifest, or the index of several.</summary>
    public abstract Descriptor Root { get; }

    /// <summary>Throws <see cref="ImageException"/> for what is neither.</summary>
    public static async Task<PackedImage> OpenAsync(string path, CancellationToken cancellationToken)
    {
        var tar = TarIndex.Open(path);
        try
        {
            using var layout = tar.Find("oci-layout");
            using var docker = tar.Find("manifest.json");
            return layout is not null ? OciArchive.Open(tar, path)
                : docker is not null ? await DockerArchive.OpenAsync(tar, path, cancellationToken)
                : throw new ImageException(ImageFault.ImageMalformed,
                    $"{path} holds no image: neither 'oci-layout' nor 'manifest.json' is in it. 'docker save IMAGE -o FILE' writes one.");
        }
        catch
        {
            tar.Dispose();
            throw;
        }
    }

    /// <summary>The bytes of a manifest or blob; null if it is not in the file.</summary>
    public abstract Stream? Open(Digest digest);

    /// <summary>A manifest of it, checked against its descriptor. Throws <see cref="ImageException"/>.</summary>
    public (byte[] Bytes, ImageManifest Manifest) ReadManifest(Descriptor descriptor)
    {
        using var stream = Open(descriptor.Digest) ?? throw new ImageException(
            ImageFault.ImageMalformed, $"The manifest {descriptor.Digest} is not in the file.");
        if (descriptor.Size > ImageManifest.MaxBytes || stream.Length != descriptor.Size)
            throw new ImageException(ImageFault.ImageMalformed, $"The manifest {descriptor.Digest} is not of the size that it should be.");
        var bytes = new byte[descriptor.Size];
        stream.ReadExactly(bytes);
        return Digest.Of(bytes) == descriptor.Digest
            ? (bytes, ImageManifest.Read(bytes, descriptor.MediaType))
            : throw new ImageException(ImageFault.ImageAltered, $"The manifest {descriptor.Digest} in the file was altered.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    /// <summary>What a text file of an archive says. Throws <see cref="ImageException"/>.</summary>
    private protected static T Read<T>(TarIndex tar, string name, Func<JsonElement, T> read) =>
        StrictJson.Read(tar.Read(name, ImageManifest.MaxBytes), $"'{name}'", read);
}
