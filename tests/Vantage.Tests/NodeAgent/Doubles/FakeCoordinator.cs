using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Json;

namespace Vantage.Tests.NodeAgent.Doubles;

/// <summary>
/// A Coordinator to script: real Kestrel, real SignalR, the state in memory, and verbs for what can go wrong. Runs move by
/// the protocol's own table.
/// </summary>
internal sealed class FakeCoordinator : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeCoordinator(WebApplication app, FakeState state) => (this.app, State) = (app, state);

    public FakeState State { get; }

    public Uri Url { get; private set; } = null!;

    public static async Task<FakeCoordinator> StartAsync(
        Alliance alliance, int port = 0, FakeState? state = null, X509Certificate2? tls = null)
    {
        state ??= new FakeState(alliance);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port, endpoint =>
            {
                if (tls is not null)
                {
                    endpoint.UseHttps(tls);
                }
            });
            kestrel.Limits.MaxRequestBodySize = null;
        });
        builder.Services.AddSingleton(state);
        builder.Services.AddSignalR(options =>
            {
                options.MaximumReceiveMessageSize = 1024 * 1024;
                options.KeepAliveInterval = TimeSpan.FromSeconds(5);
            })
            .AddJsonProtocol(options => options.PayloadSerializerOptions = new(ProtocolJson.Default.Options));
        builder.Services.AddRouting();
        var built = builder.Build();
        built.Use(state.AdmitAsync);
        built.MapHub<FakeHub>(INodeHub.Path);
        FakeRoutes.Map(built, state);
        await built.StartAsync();
        var fake = new FakeCoordinator(built, state);
        state.AnyHub = built.Services.GetRequiredService<IHubContext<FakeHub>>();
        state.Hub = built.Services.GetRequiredService<IHubContext<FakeHub, INodeClient>>();
        fake.Url = new Uri(built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
        return fake;
    }

    public async ValueTask DisposeAsync()
    {
        State.AbortAll();
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            await app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
        }

        await app.DisposeAsync();
    }
}
