using System.Security.Cryptography;
using Vantage.Coordinator.Persistence.Embedded;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Payloads.Blobs;

/// <summary>
/// Blobs as files of one folder: <c>blobs/{collaboration}/{first two digits}/{digest}</c>, uploads under way elsewhere. A
/// blob appears by a rename, so that it is whole or not there.
/// </summary>
internal sealed class FolderBlobStore : IBlobStore
{
    private readonly string blobs;
    private readonly PartFiles parts;

    public FolderBlobStore(string folder)
    {
        blobs = Path.Combine(folder, "blobs");
        var uploads = Path.Combine(folder, "uploads");
        parts = new PartFiles(uploads);
        UnixFiles.CreateDirectory(blobs, UnixFiles.OwnerOnly);
        UnixFiles.CreateDirectory(uploads, UnixFiles.OwnerOnly);
        Identity = ReadIdentity(Path.Combine(folder, "identity"));
    }

    public string Identity { get; }

    public Task<Digest?> WritePartAsync(UploadId upload, long offset, long length, Digest announced, Stream content,
        CancellationToken cancellationToken) =>
        parts.WriteAsync(upload, offset, length, announced, content, cancellationToken);

    public async Task<bool> CompleteAsync(UploadId upload, BlobKey key, long size, CancellationToken cancellationToken)
    {
        var path = BlobPath(key);
        var folder = Path.GetDirectoryName(path)!;
        if (File.Exists(path))
        {
            // Whoever put it there may have been killed before its name was on the disk.
            FlushNames(folder);
            parts.Delete(upload);
            return true;
        }

        if (!await parts.HasDigestAsync(upload, key.Digest, size, cancellationToken))
        {
            parts.Delete(upload);
            return false;
        }

        UnixFiles.CreateDirectory(folder, UnixFiles.OwnerOnly);
        Failpoint.Pass("blob.checked");
        File.Move(parts.PathOf(upload), path, overwrite: true);
        Failpoint.Pass("blob.renamed");
        FlushNames(folder);
        return true;
    }

    public Task DropAsync(UploadId upload, CancellationToken cancellationToken)
    {
        parts.Delete(upload);
        return Task.CompletedTask;
    }

    public Task<Stream?> OpenAsync(BlobKey key, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(BlobPath(key), new FileStreamOptions
            {
                Share = FileShare.Read | FileShare.Delete,
                Options = FileOptions.Asynchronous,
                BufferSize = 0,
            }));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task DeleteAsync(BlobKey key, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(BlobPath(key));
        }
        catch (DirectoryNotFoundException)
        {
            // Its folder was never made: nothing to delete.
        }

        return Task.CompletedTask;
    }

    /// <summary>Of the blob in its folder, and of the folders above it, which may be new themselves.</summary>
    private void FlushNames(string folder)
    {
        for (var at = folder; at.Length >= blobs.Length; at = Path.GetDirectoryName(at)!)
        {
            UnixFiles.FlushDirectory(at);
        }
    }

    private static string ReadIdentity(string path)
    {
        if (!File.Exists(path))
        {
            UnixFiles.WriteSecret(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        }

        return File.ReadAllText(path);
    }

    private string BlobPath(BlobKey key)
    {
        var hex = key.Digest.ToHex();
        return Path.Combine(blobs, key.Collaboration.ToString(), hex[..2], hex);
    }
}
