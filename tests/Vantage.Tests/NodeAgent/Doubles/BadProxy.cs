using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Vantage.Tests.NodeAgent.Doubles;

/// <summary>
/// A real proxy over TCP, in front of one server or as a forward proxy, with verbs for how proxies misbehave. Every
/// request gets a connection of its own to the server.
/// </summary>
internal sealed class BadProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly IPEndPoint upstream;
    private readonly List<TcpClient> open = [];
    private bool refusesUpgrades;
    private bool buffers;
    private TimeSpan idle = Timeout.InfiniteTimeSpan;
    private string? credentials;

    public BadProxy(Uri upstream)
    {
        this.upstream = new IPEndPoint(IPAddress.Loopback, upstream.Port);
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    public int Requests;

    public int IdleCuts;

    public int UpgradesRefused;

    public int CredentialsAsked;

    public BadProxy RefuseUpgrades()
    {
        refusesUpgrades = true;
        return this;
    }

    /// <summary>Passes nothing of an answer on before all of it is there; also of a stream that never ends.</summary>
    public BadProxy Buffer()
    {
        buffers = true;
        return this;
    }

    public BadProxy CloseIdleAfter(TimeSpan after)
    {
        idle = after;
        return this;
    }

    public BadProxy AskFor(string user, string password)
    {
        credentials = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        return this;
    }

    public void CutAll()
    {
        lock (open)
        {
            open.ForEach(client => client.Dispose());
            open.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        CutAll();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                lock (open)
                {
                    open.Add(client);
                }

                _ = Task.Run(() => ServeAsync(client));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var down = client.GetStream();
                while (await ReadHeadAsync(down) is { } head && await AnswerAsync(down, head))
                {
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    /// <summary>True if the connection to the client stays open.</summary>
    private async Task<bool> AnswerAsync(NetworkStream down, string[] head)
    {
        Interlocked.Increment(ref Requests);
        var isConnect = head[0].StartsWith("CONNECT ", StringComparison.Ordinal);
        var isUpgrade = head.Any(line => line.StartsWith("Upgrade:", StringComparison.OrdinalIgnoreCase));
        if (credentials is not null && !head.Any(line => line == $"Proxy-Authorization: {credentials}"))
        {
            Interlocked.Increment(ref CredentialsAsked);
            await WriteAsync(down, "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"site\"\r\n"
                + "Connection: close\r\nContent-Length: 0\r\n\r\n");
            return false;
        }

        if (refusesUpgrades && (isConnect || isUpgrade))
        {
            Interlocked.Increment(ref UpgradesRefused);
            await WriteAsync(down, "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            return false;
        }

        using var server = new TcpClient();
        await server.ConnectAsync(upstream, stop.Token);
        var up = server.GetStream();
        await WriteAsync(isConnect ? down : up, isConnect ? "HTTP/1.1 200 OK\r\n\r\n" : Forwarded(head, isUpgrade));
        await RelayAsync(down, up, holdsBack: buffers);
        return false;
    }

    private static string Forwarded(string[] head, bool isUpgrade)
    {
        var words = head[0].Split(' ');
        var target = Uri.TryCreate(words[1], UriKind.Absolute, out var url) && url.Scheme == "http" ? url.PathAndQuery : words[1];
        var headers = head.Skip(1).Where(line => !line.StartsWith("Proxy-", StringComparison.OrdinalIgnoreCase)
            && (isUpgrade || !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase)));
        return $"{words[0]} {target} HTTP/1.1\r\n{string.Join("\r\n", headers)}\r\n{(isUpgrade ? "" : "Connection: close\r\n")}\r\n";
    }

    private async Task RelayAsync(NetworkStream down, NetworkStream up, bool holdsBack)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        if (idle != Timeout.InfiniteTimeSpan)
        {
            over.CancelAfter(idle);
            over.Token.Register(() => Interlocked.Increment(ref IdleCuts));
        }

        var upwards = CopyAsync(down, up, over);
        await (holdsBack ? CollectAsync(up, down, over) : CopyAsync(up, down, over));
        await upwards.WaitAsync(TimeSpan.FromMilliseconds(1)).ContinueWith(_ => { });
    }

    private async Task CopyAsync(Stream from, Stream to, CancellationTokenSource over)
    {
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, over.Token)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), over.Token);
            Touch(over);
        }
    }

    private async Task CollectAsync(Stream from, Stream to, CancellationTokenSource over)
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, over.Token)) > 0)
        {
            all.Write(buffer, 0, read);
            Touch(over);
        }

        await to.WriteAsync(all.ToArray(), over.Token);
    }

    private void Touch(CancellationTokenSource over)
    {
        if (idle != Timeout.InfiniteTimeSpan)
        {
            over.CancelAfter(idle);
        }
    }

    private async Task<string[]?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        return head.ToString().TrimEnd().Split("\r\n");
    }

    private async Task WriteAsync(Stream stream, string text) => await stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop.Token);
}
