using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vantage.Client.Connection;

namespace Vantage.Tests.Client;

/// <summary>A real HTTP server on a free port of this machine that answers as a test says.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ScriptedServer(WebApplication app) => this.app = app;

    public Uri Url => new(app.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<ScriptedServer> StartAsync(Action<WebApplication> script,
        Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, options => listen?.Invoke(options));
        });
        var built = builder.Build();
        script(built);
        await built.StartAsync(TestContext.Current.CancellationToken);
        return new ScriptedServer(built);
    }

    public static Task<ScriptedServer> AnsweringAsync(RequestDelegate answer) => StartAsync(web => web.Run(answer));

    public VantageClientOptions Options => new() { Url = Url, Token = "vtg_test", Time = TimeProvider.System };

    public async ValueTask DisposeAsync()
    {
        // Event streams never end by themselves.
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(1));
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }
}
