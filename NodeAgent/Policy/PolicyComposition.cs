using Vantage.NodeAgent.Runs;

namespace Vantage.NodeAgent.Policy;

internal static class PolicyComposition
{
    /// <summary>What the data owner allows. Needs the path of policy.yaml.</summary>
    public static IServiceCollection AddPolicy(this IServiceCollection services, string path) => services
        .AddSingleton(provider => new PolicyBook(path, provider.GetRequiredService<ILogger<PolicyBook>>()))
        .AddSingleton<PolicyGate>()
        .AddSingleton<IPolicyGate>(provider => provider.GetRequiredService<PolicyGate>())
        .AddHostedService<PolicyWatch>();
}
