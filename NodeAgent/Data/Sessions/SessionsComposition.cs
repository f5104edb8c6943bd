using Vantage.NodeAgent.Data.Sessions.Keeping;

namespace Vantage.NodeAgent.Data.Sessions;

internal static class SessionsComposition
{
    /// <summary>Prepared data that stay at the node between tasks. Needs a policy and sources.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services) => services
        .AddSingleton<FrameShelf>()
        .AddSingleton<FrameMaker>()
        .AddHostedService<FrameSweeper>();
}
