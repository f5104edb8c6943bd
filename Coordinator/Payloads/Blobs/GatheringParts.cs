using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using Vantage.Protocol.Cryptography;

namespace Vantage.Coordinator.Payloads.Blobs;

/// <summary>
/// What this process knows about one upload's file: which parts stand in it as announced, and the hash of those from the
/// beginning on. A part that stands is never written again, so what was hashed can't change behind the hash; and one
/// request at a time writes a part. Lost with the process: then the file is read once more at the end.
/// </summary>
internal sealed class GatheringParts : IDisposable
{
    /// <summary>After a failure: no part begins here, and no upload is as long.</summary>
    private const long Nowhere = -1;

    private readonly Lock gate = new();
    private readonly Dictionary<long, SemaphoreSlim> writers = [];
    private readonly Dictionary<long, long> standing = [];
    private readonly SemaphoreSlim hashing = new(1, 1);
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long hashed;

    /// <summary>Waits for whoever writes the same part. To be released.</summary>
    public async Task<SemaphoreSlim> EnterAsync(long offset, CancellationToken cancellationToken)
    {
        SemaphoreSlim? writer;
        lock (gate)
        {
            if (!writers.TryGetValue(offset, out writer))
            {
                writers[offset] = writer = new SemaphoreSlim(1, 1);
            }
        }

        await writer.WaitAsync(cancellationToken);
        return writer;
    }

    public bool Stands(long offset)
    {
        lock (gate)
        {
            return standing.ContainsKey(offset);
        }
    }

    public void Stand(long offset, long length)
    {
        lock (gate)
        {
            standing[offset] = length;
        }
    }

    /// <summary>
    /// Hashes on as far as parts stand without a gap, unless somebody else does; those that came early go with the one that
    /// they waited for.
    /// </summary>
    public void HashOn(SafeFileHandle file, byte[] buffer)
    {
        if (hashing.Wait(0))
        {
            Hash(file, buffer);
        }
    }

    /// <summary>The digest of so many bytes, if exactly these stand; else null.</summary>
    public async Task<Digest?> WholeAsync(SafeFileHandle file, long size, byte[] buffer, CancellationToken cancellationToken)
    {
        await hashing.WaitAsync(cancellationToken);
        Hash(file, buffer);
        return hashed == size ? Digest.FromHash(hash.GetCurrentHash()) : null;
    }

    public void Dispose()
    {
        hash.Dispose();
        hashing.Dispose();
    }

    private void Hash(SafeFileHandle file, byte[] buffer)
    {
        var from = hashed;
        hashed = Nowhere;
        try
        {
            while (LengthAt(from) is > 0 and var length)
            {
                for (var end = from + length; from < end;)
                {
                    var count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - from)), from);
                    if (count == 0)
                        throw new IOException("The file of an upload ends before a part that was written into it.");
                    hash.AppendData(buffer.AsSpan(0, count));
                    from += count;
                }
            }

            hashed = from;
        }
        finally
        {
            hashing.Release();
        }
    }

    private long LengthAt(long offset)
    {
        lock (gate)
        {
            return standing.GetValueOrDefault(offset);
        }
    }
}
