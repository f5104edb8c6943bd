using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Vantage.Coordinator.Persistence.Embedded;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Payloads.Blobs;

/// <summary>
/// Uploads under way, one sparse file each. The disk begins to write while a part still arrives, and the whole is hashed
/// while the disk writes, so that neither waits for the other.
/// </summary>
internal sealed class PartFiles(string folder)
{
    private const int BufferBytes = 256 * 1024;
    private const int MostGathering = 1024;
    private readonly ConcurrentDictionary<UploadId, GatheringParts> gathering = new();

    public string PathOf(UploadId upload) => Path.Combine(folder, upload.ToString());

    public async Task<Digest?> WriteAsync(
        UploadId upload, long offset, long length, Digest announced, Stream content, CancellationToken cancellationToken)
    {
        // Beyond a thousand uploads at once, the rest is read again at the end.
        var parts = gathering.Count < MostGathering || gathering.ContainsKey(upload) ? gathering.GetOrAdd(upload, static _ => new()) : null;
        var writer = parts is null ? null : await parts.EnterAsync(offset, cancellationToken);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            if (parts?.Stands(offset) is true)
            {
                return await ReceiveAsync(null, offset, length, content, buffer, cancellationToken);
            }

            using var file = File.OpenHandle(PathOf(upload), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            var digest = await ReceiveAsync(file, offset, length, content, buffer, cancellationToken);
            if (digest != announced)
            {
                return digest;
            }

            await FlushAsync(upload, parts, file, offset, length, buffer);
            Failpoint.Pass("part.written");
            return digest;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            writer?.Release();
        }
    }

    public async Task<bool> HasDigestAsync(UploadId upload, Digest digest, long size, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathOf(upload)))
        {
            return false;
        }

        var options = FileOptions.Asynchronous | FileOptions.SequentialScan;
        await using var file = new FileStream(PathOf(upload), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 0, options);
        return file.Length == size
            && (await GatheredAsync(upload, file.SafeFileHandle, size, cancellationToken) == digest
                || await Digest.OfAsync(file, cancellationToken) == digest);
    }

    public void Delete(UploadId upload)
    {
        Forget(upload);
        File.Delete(PathOf(upload));
    }

    public void Forget(UploadId upload) => gathering.TryRemove(upload, out _);

    private static async Task<Digest?> ReceiveAsync(
        SafeFileHandle? file, long offset, long length, Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long written = 0;
        while (await content.ReadAtLeastAsync(buffer.AsMemory(0, BufferBytes), BufferBytes, throwOnEndOfStream: false, cancellationToken)
            is > 0 and var count)
        {
            if (written + count > length)
            {
                return null;
            }

            if (file is not null)
            {
                RandomAccess.Write(file, buffer.AsSpan(0, count), offset + written);
                Failpoint.Pass("part.writing");
                UnixFiles.BeginWriting(file, offset + written, count);
            }

            hash.AppendData(buffer.AsSpan(0, count));
            written += count;
        }

        return written == length ? Digest.FromHash(hash.GetHashAndReset()) : null;
    }

    /// <summary>What was not flushed does not stand, whatever was hashed meanwhile: then all is forgotten, and read again.</summary>
    private async Task FlushAsync(UploadId upload, GatheringParts? parts, SafeFileHandle file, long offset, long length, byte[] buffer)
    {
        var flushing = Task.Run(() => RandomAccess.FlushToDisk(file), CancellationToken.None);
        try
        {
            parts?.Stand(offset, length);
            parts?.HashOn(file, buffer);
            await flushing;
        }
        catch
        {
            Forget(upload);
            throw;
        }
    }

    private async Task<Digest?> GatheredAsync(UploadId upload, SafeFileHandle file, long size, CancellationToken cancellationToken)
    {
        if (!gathering.TryRemove(upload, out var parts))
        {
            return null;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            return await parts.WholeAsync(file, size, buffer, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
