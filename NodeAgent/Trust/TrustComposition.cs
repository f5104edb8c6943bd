using Vantage.NodeAgent.Trust.Charters;

namespace Vantage.NodeAgent.Trust;

internal static class TrustComposition
{
    /// <summary>Who this node is and whom it believes.</summary>
    public static IServiceCollection AddTrust(this IServiceCollection services, NodeIdentity identity, NodeKeys keys) => services
        .AddSingleton(identity)
        .AddSingleton(keys)
        .AddSingleton<SelfHolder>()
        .AddSingleton<PinBoard>()
        .AddSingleton<CharterNews>()
        .AddSingleton<CharterBoard>()
        .AddSingleton<NodeTrust>()
        .AddSingleton<TrustBoard>()
        .AddHostedService<RevocationPuller>()
        .AddHostedService<CharterFetcher>();
}
