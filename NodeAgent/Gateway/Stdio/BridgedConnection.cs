using System.Buffers;
using System.Net.Sockets;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Gateway.Stdio;

/// <summary>One connection of a program, and its other half at the run's Gateway.</summary>
internal sealed class BridgedConnection : IAsyncDisposable
{
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stop = new();
    private readonly byte number;
    private readonly FrameWriter writer;
    private readonly Task answers;

    public BridgedConnection(string path, byte number, FrameWriter writer)
    {
        (this.number, this.writer) = (number, writer);
        var connected = socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        answers = AnswerAsync(connected);
        Connected = connected;
    }

    /// <summary>The program has said that it sends no more. It may use the number again after it has heard the same from here.</summary>
    public bool IsHungUp { get; private set; }

    private Task Connected { get; }

    /// <summary>What the Gateway does not take any more is dropped: it has answered, or hung up.</summary>
    public async Task SendAsync(ReadOnlySequence<byte> content, CancellationToken cancellationToken)
    {
        try
        {
            await Connected;
            foreach (var part in content)
            {
                for (var left = part; left.Length > 0;)
                {
                    left = left[await socket.SendAsync(left, SocketFlags.None, cancellationToken)..];
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The program hears of it by the answer, or by the end.
        }
    }

    /// <summary>The program sends no more, and wants no more.</summary>
    public void HangUp()
    {
        IsHungUp = true;
        socket.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        socket.Dispose();
        await answers;
        stop.Dispose();
    }

    private async Task AnswerAsync(Task connected)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(GatewayFrame.HeaderSize + GatewayFrame.MaxLength);
        try
        {
            await foreach (var length in ReceivedAsync(connected, buffer.AsMemory(GatewayFrame.HeaderSize, GatewayFrame.MaxLength)))
            {
                await writer.WriteAsync(buffer, new(GatewayFrameKind.Data, number, length), stop.Token);
            }

            await writer.WriteAsync(buffer, new(GatewayFrameKind.End, number, 0), stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The program, or what carries its streams, is gone.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Until the Gateway has no more to say, or was hung up on.</summary>
    private async IAsyncEnumerable<int> ReceivedAsync(Task connected, Memory<byte> buffer)
    {
        while (true)
        {
            int read;
            try
            {
                await connected;
                read = await socket.ReceiveAsync(buffer, SocketFlags.None, stop.Token);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                yield break;
            }

            if (read == 0)
            {
                yield break;
            }

            yield return read;
        }
    }
}
