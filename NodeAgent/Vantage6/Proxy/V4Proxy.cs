using Microsoft.AspNetCore.Server.Kestrel.Core;
using Vantage.NodeAgent.Gateway;

namespace Vantage.NodeAgent.Vantage6.Proxy;

/// <summary>
/// What a run of vantage6's contract takes for its server: one per run, on a socket of its own, answering out of what the
/// run was delegated. Nothing that it is asked is passed on to anybody as it is.
/// </summary>
internal sealed class V4Proxy : IAsyncDisposable
{
    /// <summary>Calling means writing. The folder around it decides who gets there.</summary>
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly WebApplication app;
    private readonly V4Desk desk;

    private V4Proxy(WebApplication app, V4Desk desk) => (this.app, this.desk) = (app, desk);

    /// <param name="socket">Where.</param>
    /// <param name="token">What a caller has to show.</param>
    /// <param name="desk">Who answers; goes with the proxy.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<V4Proxy> StartAsync(RunSocket socket, V4Token token, V4Desk desk, CancellationToken cancellationToken)
    {
        // An empty builder reads no environment and no settings: nothing outside can add an endpoint or a filter.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, socket.Path));
        var server = builder.Build();
        server.MapV4Routes(token, desk);
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

        return new V4Proxy(server, desk);
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
        desk.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, string path)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = 16;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestLineSize = 2 * 1024;
        kestrel.Limits.MaxRequestBodySize = V4Routes.MaxBody;
        kestrel.ListenUnixSocket(path, endpoint => endpoint.Protocols = HttpProtocols.Http1);
    }
}
