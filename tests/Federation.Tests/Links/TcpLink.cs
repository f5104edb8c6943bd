using System.Net;
using System.Net.Sockets;

namespace Federation.Tests.Links;

/// <summary>
/// A wire between two processes that tests can listen on and spoil. It forwards bytes both ways and understands none.
/// </summary>
internal sealed class TcpLink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint target;
    private readonly CancellationTokenSource closing = new();
    private readonly Lock gate = new();
    private readonly List<LinkedPair> open = [];
    private readonly Stream? record;
    private readonly long[] carried = new long[2];
    private Trap? trap;

    private TcpLink(int targetPort, Stream? record)
    {
        target = new(IPAddress.Loopback, targetPort);
        this.record = record;
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Uri Url => new($"http://127.0.0.1:{Port}/");

    /// <summary>Bytes carried so far, both ways together.</summary>
    public long Carried => Interlocked.Read(ref carried[0]) + Interlocked.Read(ref carried[1]);

    /// <summary>What becomes of bytes from now on, on open connections as on new ones.</summary>
    public Weather Weather { get; set; } = Weather.Fair;

    /// <param name="record">Gets a copy of every byte, both directions mixed as they passed.</param>
    public static TcpLink To(int port, Stream? record = null)
    {
        var link = new TcpLink(port, record);
        link.listener.Start();
        _ = link.AcceptAsync();
        return link;
    }

    /// <summary>Resets every open connection; new ones are welcome.</summary>
    public void Cut() => EndAll(pair => pair.Reset());

    /// <summary>Closes every open connection as if its peer had; new ones are welcome.</summary>
    public void HangUp() => EndAll(pair => pair.HangUp());

    /// <summary>Cuts as soon as so many more bytes have passed, exactly then if a direction is given; the task ends when it happened.</summary>
    public Task CutAfter(long bytes, Direction? direction = null)
    {
        var set = new Trap(Passed(direction) + bytes, direction, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (gate)
        {
            trap = set;
        }

        return set.Cut.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        Cut();
        closing.Dispose();
    }

    /// <summary>Counts bytes before they are passed on; how many of them may still pass.</summary>
    internal int Note(ReadOnlySpan<byte> bytes, Direction direction)
    {
        lock (gate)
        {
            var may = bytes.Length;
            if (trap is { Direction: { } watched } exact && watched == direction)
            {
                may = (int)Math.Clamp(exact.At - Passed(direction), 0, may);
            }

            record?.Write(bytes[..may]);
            carried[(int)direction] += may;
            return may;
        }
    }

    /// <summary>Cuts if the trap's bytes have passed.</summary>
    /// <param name="held">Some of what came was held back: that was it.</param>
    internal void Sprung(bool held)
    {
        Trap? sprung = null;
        lock (gate)
        {
            if (trap is { } set && (held || Passed(set.Direction) >= set.At))
            {
                sprung = set;
                trap = null;
            }
        }

        if (sprung is not null)
        {
            Cut();
            sprung.Cut.SetResult();
        }
    }

    private long Passed(Direction? direction) => direction is { } one ? Interlocked.Read(ref carried[(int)one]) : Carried;

    private void EndAll(Action<LinkedPair> end)
    {
        lock (gate)
        {
            open.ForEach(end);
            open.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(closing.Token));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient near)
    {
        using var pair = new LinkedPair(near);
        lock (gate)
        {
            open.Add(pair);
        }

        await pair.CarryAsync(target, this, closing.Token);
        lock (gate)
        {
            open.Remove(pair);
        }
    }

    private sealed record Trap(long At, Direction? Direction, TaskCompletionSource Cut);
}
