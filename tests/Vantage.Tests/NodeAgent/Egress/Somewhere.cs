using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Vantage.Tests.NodeAgent.Egress;

/// <summary>A machine outside: answers every connection with its word once it has heard something, and counts them.</summary>
internal sealed class Somewhere : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Task serving;
    private int calls;

    public Somewhere(string word)
    {
        listener.Start();
        serving = ServeAsync($"HTTP/1.1 200 OK\r\nContent-Length: {word.Length}\r\nConnection: close\r\n\r\n{word}");
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Calls => calls;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Stop();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    private async Task ServeAsync(string answer)
    {
        while (!over.IsCancellationRequested)
        {
            using var socket = await listener.AcceptSocketAsync(over.Token);
            Interlocked.Increment(ref calls);
            var heard = await socket.ReceiveAsync(new byte[4096], over.Token);
            if (heard > 0)
            {
                await socket.SendAsync(Encoding.ASCII.GetBytes(answer), over.Token);
            }
        }
    }
}
