using System.Buffers;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Streaming;

namespace Vantage.NodeAgent.Gateway;

/// <summary>What a run hands out. It is on the disk, flushed, when it counts as stored.</summary>
/// <param name="folder">Exists and is the run's own; null to keep the output in memory, where it is one of several of a run.</param>
/// <param name="cap">How large the output may be.</param>
internal sealed class OutputStore(string? folder, long cap) : IDisposable
{
    private const int BufferSize = 128 * 1024;
    private readonly SemaphoreSlim one = new(1);

    /// <summary>The last output that arrived whole.</summary>
    public StoredOutput? Stored { get; private set; }

    /// <summary>The run tried to hand out more than it may.</summary>
    public bool Exceeded { get; private set; }

    /// <summary>The node's own disk did not take it.</summary>
    public IOException? Fault { get; private set; }

    /// <summary>False as soon as there is too much of it; then and when the body breaks off nothing of it is kept.</summary>
    public async Task<bool> StoreAsync(string name, Stream body, long? announced, CancellationToken cancellationToken)
    {
        if (announced > cap)
        {
            Exceeded = true;
            return false;
        }

        await one.WaitAsync(cancellationToken);
        try
        {
            return folder is null
                ? await KeepAsync(body, cancellationToken)
                : await ReplaceAsync(folder, Path.Combine(folder, name), body, cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private async Task<bool> KeepAsync(Stream body, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (memory.Length + read > cap)
                {
                    Exceeded = true;
                    return false;
                }

                memory.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        var bytes = memory.ToArray();
        Stored = new StoredOutput("", bytes.Length, Digest.Of(bytes)) { Bytes = bytes };
        return true;
    }

    private async Task<bool> ReplaceAsync(string folder, string path, Stream body, CancellationToken cancellationToken)
    {
        var draft = path + ".part";
        try
        {
            var stored = await WriteAsync(draft, body, cancellationToken);
            if (stored is null)
            {
                Exceeded = true;
                return false;
            }

            Failpoint.Pass("output.drafted");
            File.Move(draft, path, overwrite: true);
            Durable.FlushFolder(folder);
            Failpoint.Pass("output.stored");
            Stored = stored with { Path = path };
            return true;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private async Task<StoredOutput?> WriteAsync(string draft, Stream body, CancellationToken cancellationToken)
    {
        await using var file = Durable.CreateFile(draft);
        await using var counted = new DigestStream(file);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (counted.Count + read > cap)
                {
                    return null;
                }

                await OnDiskAsync(counted.WriteAsync(buffer.AsMemory(0, read), cancellationToken).AsTask());
            }

            await OnDiskAsync(Task.Run(() => file.Flush(flushToDisk: true), cancellationToken));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new StoredOutput(draft, counted.Count, counted.GetDigest());
    }

    /// <summary>Keeps a fault of the disk apart from a body that broke off.</summary>
    private async Task OnDiskAsync(Task writing)
    {
        try
        {
            await writing;
        }
        catch (IOException e)
        {
            Fault = e;
            throw;
        }
    }
}

internal sealed record StoredOutput(string Path, long Size, Digest Digest)
{
    /// <summary>Where it is kept in memory, and nowhere else.</summary>
    public ReadOnlyMemory<byte> Bytes { get; init; }
}
