using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;

namespace Vantage.Tests.Images;

/// <summary>A repository in memory that answers whatever it is told to.</summary>
internal sealed class MemoryContent : IImageContent
{
    public ImageRepository Repository { get; } = ImageRepository.Parse("registry.example.org/vantage/glm");

    public Dictionary<string, StoredManifest> Manifests { get; } = [];

    public Dictionary<Digest, byte[]> Blobs { get; } = [];

    public IReadOnlyList<Descriptor> Referrers { get; set; } = [];

    /// <summary>Under its digest, and a tag if it has one.</summary>
    public Digest Put(byte[] manifest, string type = OciMedia.Manifest, string? tag = null)
    {
        var stored = new StoredManifest(type, manifest);
        Manifests[tag ?? stored.Digest.ToString()] = stored;
        return stored.Digest;
    }

    public Descriptor PutBlob(byte[] bytes, string type)
    {
        Blobs[Digest.Of(bytes)] = bytes;
        return new(type, Digest.Of(bytes), bytes.Length);
    }

    public Task<StoredManifest?> FindManifestAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult(Manifests.GetValueOrDefault(reference));

    public Task<Stream?> OpenBlobAsync(Digest digest, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(Blobs.TryGetValue(digest, out var bytes) ? new MemoryStream(bytes) : null);

    public Task<IReadOnlyList<Descriptor>> ReferrersAsync(Digest subject, CancellationToken cancellationToken) => Task.FromResult(Referrers);
}
