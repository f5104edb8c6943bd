using System.Diagnostics.CodeAnalysis;
using Vantage.Protocol.Algorithms;

namespace Vantage.Worker.Gateways;

/// <summary>
/// The connections to a Gateway that is spoken to over this program's standard streams (<see cref="GatewayFrame"/>).
/// Standard output belongs to it from then on: what a function prints goes to standard error, and so to the run's log.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the program.")]
internal sealed class StdioConnections
{
    private static readonly Lazy<StdioConnections> Own = new(TakeOver);

    private readonly Stream input;
    private readonly Stream output;
    private readonly StdioConnection?[] open = new StdioConnection?[GatewayFrame.MaxConnections];
    private readonly Lock gate = new();
    private readonly SemaphoreSlim free = new(GatewayFrame.MaxConnections);
    private readonly SemaphoreSlim one = new(1);
    private bool isLost;

    private StdioConnections(Stream input, Stream output) => (this.input, this.output) = (input, output);

    [SuppressMessage("Reliability", "CA2000", Justification = "The caller's: it hangs up.")]
    public static async Task<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        await Own.Value.free.WaitAsync(cancellationToken);
        return Own.Value.Take();
    }

    /// <summary>One frame, whole.</summary>
    public async Task SendAsync(GatewayFrame head, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var frame = new byte[GatewayFrame.HeaderSize + content.Length];
        head.Write(frame);
        content.CopyTo(frame.AsMemory(GatewayFrame.HeaderSize));
        await one.WaitAsync(cancellationToken);
        try
        {
            // Not to be broken off: half a frame would spoil all that come after it.
            await output.WriteAsync(frame, CancellationToken.None);
            await output.FlushAsync(CancellationToken.None);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Both sides have said that they send no more: the number may be used again.</summary>
    public void Free(StdioConnection connection)
    {
        lock (gate)
        {
            open[connection.Number] = null;
        }

        free.Release();
    }

    private static StdioConnections TakeOver()
    {
        var connections = new StdioConnections(Console.OpenStandardInput(), Console.OpenStandardOutput());
        Console.SetOut(Console.Error);
        new Thread(connections.Read) { IsBackground = true, Name = "Gateway" }.Start();
        return connections;
    }

    private StdioConnection Take()
    {
        lock (gate)
        {
            if (isLost)
            {
                throw new IOException("The node closed this program's standard input.");
            }

            var number = (byte)Array.IndexOf(open, null);
            return open[number] = new StdioConnection(this, number);
        }
    }

    private void Read()
    {
        var header = new byte[GatewayFrame.HeaderSize];
        try
        {
            while (input.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && GatewayFrame.Parse(header) is { } frame)
            {
                var content = new byte[frame.Length];
                input.ReadExactly(content);
                Find(frame.Connection)?.Heard(content);
            }
        }
        catch (IOException)
        {
            // As when it ends: nothing more is to be had.
        }

        foreach (var connection in Lose())
        {
            connection.Heard([]);
        }
    }

    private StdioConnection? Find(byte number)
    {
        lock (gate)
        {
            return open[number];
        }
    }

    private List<StdioConnection> Lose()
    {
        lock (gate)
        {
            isLost = true;
            return [.. open.OfType<StdioConnection>()];
        }
    }
}
