using System.Buffers;
using System.Buffers.Binary;

namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>
/// What a container writes to its two streams, as the engine multiplexes them: frames of a stream's number, three empty
/// bytes, a length and the text.
/// </summary>
internal static class OutputFrames
{
    private const int HeaderSize = 8;
    private const int BufferSize = 16 * 1024;

    /// <summary>Reads until the container has ended; a connection that breaks ends it too.</summary>
    public static Task PumpAsync(Stream frames, Action<ReadOnlyMemory<byte>> said, CancellationToken cancellationToken) =>
        PumpAsync(frames, (_, text) =>
        {
            said(text);
            return ValueTask.CompletedTask;
        }, cancellationToken);

    /// <summary>The same, and <paramref name="wrote"/> is told to which stream: 1 is standard output, 2 standard error.</summary>
    public static async Task PumpAsync(Stream frames, Func<byte, ReadOnlyMemory<byte>, ValueTask> wrote, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await FilledAsync(frames, buffer.AsMemory(0, HeaderSize), cancellationToken))
            {
                var stream = buffer[0];
                for (long left = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(4)); left > 0;)
                {
                    var read = await frames.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, BufferSize)), cancellationToken);
                    if (read == 0)
                    {
                        return;
                    }

                    await wrote(stream, buffer.AsMemory(0, read));
                    left -= read;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<bool> FilledAsync(Stream frames, Memory<byte> header, CancellationToken cancellationToken) =>
        await frames.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) == header.Length;
}
