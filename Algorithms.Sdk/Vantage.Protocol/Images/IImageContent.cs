using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Images;

/// <summary>
/// One repository's manifests and blobs, wherever they lie. It fetches and believes nothing: digests are checked by its
/// readers, so that every store is held to the same. Faults are <see cref="ImageException"/>s.
/// </summary>
public interface IImageContent
{
    /// <summary>Whose.</summary>
    ImageRepository Repository { get; }

    /// <summary>By digest or tag; null if there is none.</summary>
    Task<StoredManifest?> FindManifestAsync(string reference, CancellationToken cancellationToken);

    /// <summary>The bytes of a blob, not yet checked; null if there is none.</summary>
    Task<Stream?> OpenBlobAsync(Digest digest, CancellationToken cancellationToken);

    /// <summary>What refers to a manifest, its signatures among them; empty if nothing does.</summary>
    Task<IReadOnlyList<Descriptor>> ReferrersAsync(Digest subject, CancellationToken cancellationToken);
}

/// <summary>A manifest as a store gave it.</summary>
/// <param name="MediaType">What the store calls it.</param>
/// <param name="Bytes">Exactly these were hashed and signed.</param>
public sealed record StoredManifest(string? MediaType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Of the bytes themselves, whatever the store says.</summary>
    public Digest Digest { get; } = Digest.Of(Bytes.Span);
}
