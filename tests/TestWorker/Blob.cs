using System.Security.Cryptography;

namespace Vantage.TestWorker;

/// <summary>Bytes that a test can make again, at more than a gigabyte a second.</summary>
public static class Blob
{
    private const int Chunk = 1 << 20;

    /// <summary>AES-128 of the counter 0, 1, 2, … as 16 bytes, the key being the seed; cut off at the size asked for.</summary>
    public static async Task WriteAsync(Stream destination, long seed, long bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[Chunk];
        for (var from = 0L; from < bytes; from += Chunk)
        {
            Fill(buffer, seed, from / 16);
            await destination.WriteAsync(buffer.AsMemory(0, (int)Math.Min(Chunk, bytes - from)), cancellationToken);
        }
    }

    private static void Fill(byte[] buffer, long seed, long counter)
    {
        var key = new byte[16];
        BitConverter.TryWriteBytes(key, seed);
        Array.Clear(buffer);
        for (var i = 0; i < buffer.Length; i += 16)
            BitConverter.TryWriteBytes(buffer.AsSpan(i), counter++);
        using var aes = Aes.Create();
        aes.Key = key;
        aes.EncryptEcb(buffer, buffer, PaddingMode.None);
    }
}
