using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Payloads.Blobs;

/// <summary>Where ciphertext lies. The collaboration is part of the name: nobody's bytes serve somebody else's task.</summary>
internal readonly record struct BlobKey(CollaborationId Collaboration, Digest Digest);

/// <summary>
/// Keeps ciphertext too large for a row. It knows nothing of tasks or people: bytes are reached only through a row that
/// refers to them. Everything it has acknowledged survives a crash.
/// </summary>
internal interface IBlobStore
{
    /// <summary>Tells one store from another, so that two replicas can't believe in different ones.</summary>
    string Identity { get; }

    /// <summary>
    /// Writes one part of an upload, replacing what an earlier attempt left there. Returns the digest of what came, or null
    /// if it has another length. Only what came as announced has to survive a crash, and need not be written again.
    /// </summary>
    Task<Digest?> WritePartAsync(
        UploadId upload, long offset, long length, Digest announced, Stream content, CancellationToken cancellationToken);

    /// <summary>Makes the parts one blob if together they have the key's digest; else returns false and drops them.</summary>
    Task<bool> CompleteAsync(UploadId upload, BlobKey key, long size, CancellationToken cancellationToken);

    /// <summary>Drops the parts of an upload that nobody will complete.</summary>
    Task DropAsync(UploadId upload, CancellationToken cancellationToken);

    /// <summary>A seekable stream, or null if there is no such blob.</summary>
    Task<Stream?> OpenAsync(BlobKey key, CancellationToken cancellationToken);

    Task DeleteAsync(BlobKey key, CancellationToken cancellationToken);
}
