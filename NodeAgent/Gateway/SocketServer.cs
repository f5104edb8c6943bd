using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Vantage.NodeAgent.Gateway;

/// <summary>A small HTTP server on one run's socket. It has no way to be reached but that, and no settings but those given here.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    /// <summary>Calling means writing. The folder around it decides who gets there.</summary>
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly WebApplication app;

    private SocketServer(WebApplication app) => this.app = app;

    public static async Task<SocketServer> StartAsync(
        RunSocket socket, Action<KestrelServerLimits> limit, Action<WebApplication> map, CancellationToken cancellationToken)
    {
        // An empty builder reads no environment and no settings: nothing outside can add an endpoint or a filter.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 16;
            limit(kestrel.Limits);
            kestrel.ListenUnixSocket(socket.Path, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        var server = builder.Build();
        map(server);
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

        return new SocketServer(server);
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
}
