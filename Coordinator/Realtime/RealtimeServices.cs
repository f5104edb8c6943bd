using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Realtime.Events;
using Vantage.Coordinator.Realtime.Nodes;
using Vantage.Coordinator.Realtime.Waking;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Json;

namespace Vantage.Coordinator.Realtime;

/// <summary>What is kept open: the nodes' hub and people's event streams.</summary>
internal static class RealtimeServices
{
    /// <summary>An inventory of some ten thousand runs, or a commit with three small payloads.</summary>
    private const int LargestMessage = 4 * 1024 * 1024;

    public static IServiceCollection AddRealtime(this IServiceCollection services)
    {
        services.AddSignalR(hub =>
        {
            hub.MaximumReceiveMessageSize = LargestMessage;
            hub.KeepAliveInterval = TimeSpan.FromSeconds(15);
            hub.ClientTimeoutInterval = TimeSpan.FromSeconds(40);
        }).AddJsonProtocol(json => json.PayloadSerializerOptions = new JsonSerializerOptions(ProtocolJson.Default.Options));
        return services
            .AddSingleton<NodeLines>()
            .AddSingleton<NodeDesk>()
            .AddSingleton<Watchers>()
            .AddSingleton<EventSettings>()
            .AddSingleton<EventReader>()
            .AddSingleton<EventStream>()
            .AddSingleton<OtherReplicas>()
            .AddSingleton<WakeupRelay>()
            .AddSingleton<Wakeups>()
            .AddSingleton<IWakeups>(provider => provider.GetRequiredService<Wakeups>())
            .AddHostedService(provider => provider.GetRequiredService<WakeupRelay>())
            .AddHostedService<WakeupListener>()
            .AddHostedService<EventRetention>()
            .AddHostedService<Farewell>();
    }

    public static void MapRealtime(this IEndpointRouteBuilder routes)
    {
        routes.MapHub<NodeHub>(INodeHub.Path, connection =>
            connection.Transports = HttpTransportType.WebSockets | HttpTransportType.LongPolling).Needs(Resource.Run, Operation.Execute);
        routes.MapEvents();
    }
}
