using Vantage.NodeAgent.Audit.Coordinators;
using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Hosting;

namespace Vantage.NodeAgent.Audit;

internal static class AuditComposition
{
    /// <summary>What can be shown afterwards, of the Coordinator and of this node itself.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services, TrailStore trail) => services
        .AddSingleton(provider => new HeadFile(provider.GetRequiredService<NodeHome>(), provider.GetRequiredService<NodeSettings>().Coordinator))
        .AddSingleton<HeadKeeper>()
        .AddSingleton(trail)
        .AddSingleton<NodeTrail>()
        .AddSingleton<ITrail>(provider => provider.GetRequiredService<NodeTrail>())
        // Begun first and stopped last: what the others do while they stop is taken down too.
        .AddHostedService(provider => provider.GetRequiredService<NodeTrail>())
        .AddHostedService<TrailWatch>();
}
