using System.IO.Pipelines;

namespace Vantage.NodeAgent.Link.Transports;

/// <summary>Two pipes, crossed: what one end writes the other reads.</summary>
internal sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe
{
    /// <summary>The end for SignalR, and the end for the wire.</summary>
    public static (DuplexPipe Application, DuplexPipe Wire) Pair()
    {
        // A slow wire makes SignalR wait instead of piling up what it wants to send.
        var options = new PipeOptions(pauseWriterThreshold: 1024 * 1024, resumeWriterThreshold: 512 * 1024, useSynchronizationContext: false);
        var (toWire, fromWire) = (new Pipe(options), new Pipe(options));
        return (new DuplexPipe(fromWire.Reader, toWire.Writer), new DuplexPipe(toWire.Reader, fromWire.Writer));
    }
}
