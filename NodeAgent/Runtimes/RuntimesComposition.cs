using Vantage.NodeAgent.Runtimes.Catalogue;
using Vantage.NodeAgent.Runtimes.Processes;

namespace Vantage.NodeAgent.Runtimes;

internal static class RuntimesComposition
{
    /// <summary>Where algorithms run, and what this node's worker holds.</summary>
    public static IServiceCollection AddRuntimes(this IServiceCollection services, string worker) => services
        .AddSingleton(_ => new WorkerCatalogue(worker))
        .AddSingleton<IRuntime>(provider => new ProcessRuntime(worker, provider.GetRequiredService<TimeProvider>()));
}
