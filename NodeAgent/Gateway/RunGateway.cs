using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Vantage.NodeAgent.Gateway;

/// <summary>
/// All that a running algorithm can ask of the node. One per program, on a socket of its own: whoever reaches it is the run
/// whose call is open, so nothing in a request says which run it is about.
/// </summary>
internal sealed class RunGateway : IAsyncDisposable
{
    /// <summary>Calling means writing. The folder around it decides who gets there.</summary>
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly WebApplication app;
    private readonly RunSocket socket;

    private RunGateway(WebApplication app, RunSocket socket) => (this.app, this.socket) = (app, socket);

    public string SocketPath => socket.Path;

    public static Task<RunGateway> StartAsync(RunSocket socket, GatewayCalls calls, CancellationToken cancellationToken) =>
        StartAsync(socket, CallLine.Of(calls), cancellationToken);

    public static async Task<RunGateway> StartAsync(RunSocket socket, CallLine line, CancellationToken cancellationToken)
    {
        // An empty builder reads no environment and no settings: nothing outside can add an endpoint or a filter.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, socket.Path));
        var server = builder.Build();
        server.MapGatewayRoutes(line);
        try
        {
            await server.StartAsync(cancellationToken);
            if (socket.IsForAll && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(socket.Path, ForAll);
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return new RunGateway(server, socket);
    }

    /// <summary>Hangs up on whoever is still there: the run is over.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var now = new CancellationTokenSource())
        {
            await now.CancelAsync();
            await app.StopAsync(now.Token);
        }

        await app.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel, string path)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 16;
        kestrel.Limits.MaxRequestHeadersTotalSize = 8 * 1024;
        kestrel.Limits.MaxRequestLineSize = 1024;
        kestrel.Limits.MaxRequestBodySize = GatewayRoutes.MaxBody;
        // An algorithm may think for hours between two bytes of its output.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.ListenUnixSocket(path, endpoint => endpoint.Protocols = HttpProtocols.Http1);
    }
}
