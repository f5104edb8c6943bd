using System.Buffers;
using System.IO.Pipelines;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Gateway.Stdio;

/// <summary>
/// Carries a program's connections, framed over its standard streams, to its run's Gateway and back. Each becomes a
/// connection to the Gateway's own socket, so that nothing is served differently here. A program that does not read
/// its input, or floods its output, holds up nobody but itself.
/// </summary>
/// <param name="socket">Of the run's Gateway.</param>
/// <param name="toProgram">Its standard input.</param>
/// <param name="said">Takes what it writes to its standard output and is no frame.</param>
internal sealed class StdioBridge(string socket, Stream toProgram, Action<ReadOnlyMemory<byte>> said) : IAsyncDisposable
{
    private readonly FrameWriter writer = new(toProgram);
    private readonly BridgedConnection?[] connections = new BridgedConnection?[GatewayFrame.MaxConnections];

    /// <summary>Until the program's standard output ends.</summary>
    public async Task PumpAsync(PipeReader fromProgram, CancellationToken cancellationToken)
    {
        try
        {
            await TakeAllAsync(fromProgram, cancellationToken);
        }
        finally
        {
            await fromProgram.CompleteAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in connections.OfType<BridgedConnection>())
        {
            await connection.DisposeAsync();
        }

        writer.Dispose();
    }

    private async Task TakeAllAsync(PipeReader fromProgram, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await fromProgram.ReadAsync(cancellationToken);
            var left = read.Buffer;
            while (await TakeAsync(left, read.IsCompleted, cancellationToken) is { } next)
            {
                left = left.Slice(next);
            }

            fromProgram.AdvanceTo(left.Start, left.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }

    /// <summary>Takes one text or one frame; null if neither is there whole.</summary>
    private async ValueTask<SequencePosition?> TakeAsync(ReadOnlySequence<byte> bytes, bool isLast, CancellationToken cancellationToken)
    {
        if (bytes.IsEmpty)
        {
            return null;
        }

        if (bytes.FirstSpan[0] != GatewayFrame.Mark)
        {
            return Say(bytes.Slice(0, bytes.PositionOf(GatewayFrame.Mark) ?? bytes.End));
        }

        if (bytes.Length < GatewayFrame.HeaderSize)
        {
            return isLast ? Say(bytes) : null;
        }

        if (Head(bytes) is not { } frame)
        {
            return Say(bytes.Slice(0, 1));
        }

        var size = GatewayFrame.HeaderSize + frame.Length;
        if (bytes.Length < size)
        {
            return null;
        }

        await DeliverAsync(frame, bytes.Slice(GatewayFrame.HeaderSize, frame.Length), cancellationToken);
        return bytes.GetPosition(size);
    }

    private async Task DeliverAsync(GatewayFrame frame, ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        if (connections[frame.Connection] is { IsHungUp: true } last)
        {
            await last.DisposeAsync();
            connections[frame.Connection] = null;
        }

        switch (frame.Kind)
        {
            case GatewayFrameKind.Data:
                await (connections[frame.Connection] ??= new(socket, frame.Connection, writer)).SendAsync(content, cancellationToken);
                break;
            case GatewayFrameKind.End:
                connections[frame.Connection]?.HangUp();
                break;
            default:
                throw new InvalidOperationException($"No way to deliver {frame.Kind}.");
        }
    }

    private SequencePosition Say(ReadOnlySequence<byte> text)
    {
        foreach (var part in text)
        {
            said(part);
        }

        return text.End;
    }

    private static GatewayFrame? Head(ReadOnlySequence<byte> bytes)
    {
        Span<byte> header = stackalloc byte[GatewayFrame.HeaderSize];
        bytes.Slice(0, GatewayFrame.HeaderSize).CopyTo(header);
        return GatewayFrame.Parse(header);
    }
}
