using System.Net;
using System.Net.Sockets;

namespace Federation.Tests.Links;

/// <summary>
/// A wire between two processes that tests can listen on and cut. It forwards bytes both ways and understands none.
/// </summary>
internal sealed class TcpLink : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint target;
    private readonly CancellationTokenSource closing = new();
    private readonly Lock gate = new();
    private readonly List<TcpClient> open = [];
    private readonly Stream? record;
    private long carried;
    private (long At, TaskCompletionSource Cut)? trap;

    private TcpLink(int targetPort, Stream? record)
    {
        target = new(IPAddress.Loopback, targetPort);
        this.record = record;
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Bytes carried so far, both ways together.</summary>
    public long Carried => Interlocked.Read(ref carried);

    /// <param name="record">Gets a copy of every byte, both directions mixed as they passed.</param>
    public static TcpLink To(int port, Stream? record = null)
    {
        var link = new TcpLink(port, record);
        link.listener.Start();
        _ = link.AcceptAsync();
        return link;
    }

    /// <summary>Resets every open connection; new ones are welcome.</summary>
    public void Cut()
    {
        lock (gate)
        {
            // What ended by itself is closed already and has no socket any more.
            foreach (var client in open.Where(client => client.Client is not null))
            {
                client.LingerState = new LingerOption(true, 0);
                client.Close();
            }

            open.Clear();
        }
    }

    /// <summary>Cuts as soon as so many more bytes have passed; the task ends when it happened.</summary>
    public Task CutAfter(long bytes)
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            trap = (Carried + bytes, cut);
        }

        return cut.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        Cut();
        closing.Dispose();
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
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                await far.ConnectAsync(target, closing.Token);
                lock (gate)
                {
                    open.Add(near);
                    open.Add(far);
                }

                await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
            }
            catch (Exception cut) when (IsCut(cut))
            {
                // The whole point of this class; the peers notice by themselves.
            }
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, closing.Token) is > 0 and var count)
            {
                Note(buffer.AsSpan(0, count));
                await to.GetStream().WriteAsync(buffer.AsMemory(0, count), closing.Token);
            }
        }
        catch (Exception cut) when (IsCut(cut))
        {
            // As above.
        }
    }

    private void Note(ReadOnlySpan<byte> bytes)
    {
        TaskCompletionSource? sprung = null;
        lock (gate)
        {
            record?.Write(bytes);
            carried += bytes.Length;
            if (trap is { } set && carried >= set.At)
            {
                sprung = set.Cut;
                trap = null;
            }
        }

        if (sprung is not null)
        {
            Cut();
            sprung.SetResult();
        }
    }

    private static bool IsCut(Exception exception) =>
        exception is IOException or SocketException or ObjectDisposedException or OperationCanceledException
            or InvalidOperationException;
}
