using System.Net.Sockets;
using Vantage.NodeAgent.Gateway;

namespace Vantage.Tests.NodeAgent.Gateway;

/// <summary>A run's Gateway and a client on its socket.</summary>
internal sealed class GatewayBench : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly RunSocket socket;
    private readonly RunGateway gateway;

    private GatewayBench(DirectoryInfo folder, RunSocket socket, RunGateway gateway, GatewayCalls calls)
    {
        (this.folder, this.socket, this.gateway, Calls) = (folder, socket, gateway, calls);
        Client = Connect(gateway.SocketPath);
    }

    public HttpClient Client { get; }

    public GatewayCalls Calls { get; }

    public List<int> Progress { get; private init; } = [];

    public string Folder => folder.FullName;

    public string SocketPath => gateway.SocketPath;

    public static async Task<GatewayBench> StartAsync(long outputBytes = 1 << 20, long logBytes = 1 << 10)
    {
        var kept = Directory.CreateTempSubdirectory("vtg-bench-");
        var progress = new List<int>();
        var calls = new GatewayCalls(
            new OutputStore(kept.FullName, outputBytes), new RunLog(Path.Combine(kept.FullName, "log.txt"), logBytes), progress.Add);
        var listening = new RunSocket();
        return new GatewayBench(kept, listening, await RunGateway.StartAsync(listening, calls, TestContext.Current.CancellationToken), calls)
        {
            Progress = progress,
        };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await gateway.DisposeAsync();
        Calls.Dispose();
        socket.Dispose();
        folder.Delete(recursive: true);
    }

    public static HttpClient Connect(string path) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://gateway"),
        Timeout = TimeSpan.FromMinutes(5),
    };
}
