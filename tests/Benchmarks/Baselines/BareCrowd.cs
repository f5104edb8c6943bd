using System.Diagnostics;
using System.Net.WebSockets;
using Vantage.Benchmarks.Processes;

namespace Vantage.Benchmarks.Baselines;

/// <summary>As many WebSockets to a bare Kestrel, which says nothing to them and remembers nothing of them.</summary>
internal sealed class BareCrowd : IAsyncDisposable
{
    private readonly ServerProcess server;
    private readonly List<ClientWebSocket> sockets = [];

    private BareCrowd(ServerProcess server) => this.server = server;

    /// <summary>Memory of the server with one connection made and gone.</summary>
    public double IdleMiB { get; private set; }

    public double AddedMiB => ProcessorTime.ResidentMiB(server.Id) - IdleMiB;

    public static async Task<BareCrowd> StartAsync(BenchOptions options)
    {
        var crowd = new BareCrowd(
            await ServerProcess.StartAsync(Programs.Bench, [BareServer.Verb], Path.Combine(options.Data, "bare-crowd.log")));
        (await crowd.ConnectAsync()).Dispose();
        await Task.Delay(options.Size(TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(50)));
        crowd.IdleMiB = ProcessorTime.ResidentMiB(crowd.server.Id);
        return crowd;
    }

    /// <summary>Opens more until there are so many, fifty at a time. How many seconds that took.</summary>
    public async Task<double> GrowToAsync(int count)
    {
        var began = Stopwatch.GetTimestamp();
        foreach (var some in Enumerable.Range(0, count - sockets.Count).Chunk(50))
        {
            sockets.AddRange(await Task.WhenAll(some.Select(_ => ConnectAsync())));
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        sockets.ForEach(socket => socket.Dispose());
        await server.DisposeAsync();
    }

    private async Task<ClientWebSocket> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(server.Url, "/quiet")) { Scheme = "ws" }.Uri, CancellationToken.None);
        return socket;
    }
}
