using System.Net.Sockets;
using Vantage.NodeAgent.Runtimes;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Network;

/// <summary>The node's end of a door: answers each connection that comes.</summary>
internal sealed class Behind : IAsyncDisposable
{
    private const UnixFileMode ForAll = (UnixFileMode)0b111_111_111;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vtg-behind-");
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource over = new();
    private readonly Task serving;
    private int calls;

    /// <param name="answer">Gets what comes and where to answer.</param>
    public Behind(Func<Stream, CancellationToken, Task> answer)
    {
        Open(folder.FullName);
        listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        listener.Listen(512);
        Open(SocketPath);
        serving = ServeAsync(answer);
    }

    public int Calls => calls;

    public string SocketPath => Path.Combine(folder.FullName, "p");

    public Door Door(string host, int port) => new(host, port, SocketPath);

    public static Behind Saying(string text) => new(async (stream, stop) => await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), stop));

    /// <summary>Says back what it is told, when it has been told all.</summary>
    public static Behind Echo() => new(async (stream, stop) =>
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, stop);
        await stream.WriteAsync(all.ToArray(), stop);
    });

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Dispose();
        over.Dispose();
        folder.Delete(recursive: true);
    }

    private static void Open(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, ForAll);
        }
    }

    private async Task ServeAsync(Func<Stream, CancellationToken, Task> answer)
    {
        var open = new List<Task>();
        while (!over.IsCancellationRequested)
        {
            try
            {
                open.Add(AnswerAsync(await listener.AcceptAsync(over.Token), answer));
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await Task.WhenAll(open).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AnswerAsync(Socket socket, Func<Stream, CancellationToken, Task> answer)
    {
        Interlocked.Increment(ref calls);
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        await answer(stream, over.Token);
    }
}
