using Microsoft.AspNetCore.Server.Kestrel.Core;
using Vantage.NodeAgent.Gateway;

namespace Vantage.NodeAgent.Vantage6.Proxy;

/// <summary>
/// What a run of vantage6's contract takes for its server: one per run, on a socket of its own, answering out of what the
/// run was delegated. Nothing that it is asked is passed on to anybody as it is.
/// </summary>
internal sealed class V4Proxy : IAsyncDisposable
{
    private readonly SocketServer server;
    private readonly V4Desk desk;

    private V4Proxy(SocketServer server, V4Desk desk) => (this.server, this.desk) = (server, desk);

    /// <param name="socket">Where.</param>
    /// <param name="token">What a caller has to show.</param>
    /// <param name="desk">Who answers; goes with the proxy.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<V4Proxy> StartAsync(RunSocket socket, V4Token token, V4Desk desk, CancellationToken cancellationToken) =>
        new(await SocketServer.StartAsync(socket, Limit, app => app.MapV4Routes(token, desk), cancellationToken), desk);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        desk.Dispose();
    }

    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestLineSize = 2 * 1024;
        limits.MaxRequestBodySize = V4Routes.MaxBody;
    }
}
