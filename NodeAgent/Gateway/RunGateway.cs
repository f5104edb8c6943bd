using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Vantage.NodeAgent.Gateway;

/// <summary>
/// All that a running algorithm can ask of the node. One per program, on a socket of its own: whoever reaches it is the run
/// whose call is open, so nothing in a request says which run it is about.
/// </summary>
internal sealed class RunGateway : IAsyncDisposable
{
    private readonly SocketServer server;
    private readonly RunSocket socket;

    private RunGateway(SocketServer server, RunSocket socket) => (this.server, this.socket) = (server, socket);

    public string SocketPath => socket.Path;

    public static Task<RunGateway> StartAsync(RunSocket socket, GatewayCalls calls, CancellationToken cancellationToken) =>
        StartAsync(socket, CallLine.Of(calls), cancellationToken);

    public static async Task<RunGateway> StartAsync(RunSocket socket, CallLine line, CancellationToken cancellationToken) =>
        new(await SocketServer.StartAsync(socket, Limit, app => app.MapGatewayRoutes(line), cancellationToken), socket);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestHeadersTotalSize = 8 * 1024;
        limits.MaxRequestLineSize = 1024;
        limits.MaxRequestBodySize = GatewayRoutes.MaxBody;
        // An algorithm may think for hours between two bytes of its output.
        limits.MinRequestBodyDataRate = null;
    }
}
