using Vantage.NodeAgent.Runs;

namespace Vantage.NodeAgent.Policy;

internal static class PolicyComposition
{
    /// <summary>What the data owner allows. Needs the path of policy.yaml, and whose node it is.</summary>
    public static IServiceCollection AddPolicy(this IServiceCollection services, string path, Uri coordinator) => services
        .AddSingleton(provider => new PolicyBook(path, provider.GetRequiredService<ILogger<PolicyBook>>(), coordinator))
        .AddSingleton<PolicyGate>()
        .AddSingleton<IPolicyGate>(provider => provider.GetRequiredService<PolicyGate>())
        .AddHostedService<PolicyWatch>();
}
