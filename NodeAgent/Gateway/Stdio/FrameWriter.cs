using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Gateway.Stdio;

/// <summary>Writes whole frames to a program's standard input, one at a time.</summary>
internal sealed class FrameWriter(Stream toProgram) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);

    /// <param name="frame">A head and room for it to be written, then its content.</param>
    /// <param name="head">What goes there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task WriteAsync(Memory<byte> frame, GatewayFrame head, CancellationToken cancellationToken)
    {
        head.Write(frame.Span);
        await one.WaitAsync(cancellationToken);
        try
        {
            await toProgram.WriteAsync(frame[..(GatewayFrame.HeaderSize + head.Length)], cancellationToken);
            await toProgram.FlushAsync(cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}
