using System.Buffers;
using System.Security.Cryptography;
using Vantage.Coordinator.Persistence.Embedded;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Payloads.Blobs;

/// <summary>
/// Blobs as files of one folder: <c>blobs/{collaboration}/{first two digits}/{digest}</c>, uploads under way as one sparse
/// file each. A blob appears by a rename, so that it is whole or not there.
/// </summary>
internal sealed class FolderBlobStore : IBlobStore
{
    private const int BufferBytes = 256 * 1024;
    private readonly string blobs;
    private readonly string uploads;

    public FolderBlobStore(string folder)
    {
        blobs = Path.Combine(folder, "blobs");
        uploads = Path.Combine(folder, "uploads");
        UnixFiles.CreateDirectory(blobs, UnixFiles.OwnerOnly);
        UnixFiles.CreateDirectory(uploads, UnixFiles.OwnerOnly);
        Identity = ReadIdentity(Path.Combine(folder, "identity"));
    }

    public string Identity { get; }

    public async Task<Digest?> WritePartAsync(UploadId upload, long offset, long length, Stream content,
        CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(UploadPath(upload), FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long written = 0;
            while (await content.ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), BufferBytes, throwOnEndOfStream: false, cancellationToken)
                is > 0 and var count)
            {
                if (written + count > length)
                {
                    return null;
                }

                await RandomAccess.WriteAsync(file, buffer.AsMemory(0, count), offset + written, cancellationToken);
                Failpoint.Pass("part.writing");
                hash.AppendData(buffer.AsSpan(0, count));
                written += count;
            }

            if (written != length)
            {
                return null;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        RandomAccess.FlushToDisk(file);
        Failpoint.Pass("part.written");
        return Digest.FromHash(hash.GetHashAndReset());
    }

    public async Task<bool> CompleteAsync(UploadId upload, BlobKey key, long size, CancellationToken cancellationToken)
    {
        var path = BlobPath(key);
        var folder = Path.GetDirectoryName(path)!;
        if (File.Exists(path))
        {
            // Whoever put it there may have been killed before its name was on the disk.
            FlushNames(folder);
            File.Delete(UploadPath(upload));
            return true;
        }

        if (!await HasDigestAsync(UploadPath(upload), key.Digest, size, cancellationToken))
        {
            File.Delete(UploadPath(upload));
            return false;
        }

        UnixFiles.CreateDirectory(folder, UnixFiles.OwnerOnly);
        Failpoint.Pass("blob.checked");
        File.Move(UploadPath(upload), path, overwrite: true);
        Failpoint.Pass("blob.renamed");
        FlushNames(folder);
        return true;
    }

    public Task DropAsync(UploadId upload, CancellationToken cancellationToken)
    {
        File.Delete(UploadPath(upload));
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

    private static async Task<bool> HasDigestAsync(string path, Digest digest, long size, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        return file.Length == size && await Digest.OfAsync(file, cancellationToken) == digest;
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

    private string UploadPath(UploadId upload) => Path.Combine(uploads, upload.ToString());

    private string BlobPath(BlobKey key)
    {
        var hex = key.Digest.ToHex();
        return Path.Combine(blobs, key.Collaboration.ToString(), hex[..2], hex);
    }
}
