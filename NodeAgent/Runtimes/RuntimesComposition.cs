using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runtimes.Catalogue;
using Vantage.NodeAgent.Runtimes.Docker;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Network;
using Vantage.NodeAgent.Runtimes.Processes;
using Vantage.NodeAgent.Runtimes.Warm;
using Vantage.NodeAgent.Trust;

namespace Vantage.NodeAgent.Runtimes;

internal static class RuntimesComposition
{
    /// <summary>Where algorithms run, and what this node's worker holds.</summary>
    public static IServiceCollection AddRuntimes(this IServiceCollection services, NodeSettings settings, NodeIdentity identity) => services
        .AddSingleton(provider => new WorkerCatalogue(settings.Worker, TimeSpan.FromMilliseconds(250), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(_ => new EngineCalls(settings.Docker.Engine))
        .AddSingleton<EngineClient>()
        .AddSingleton(provider => new ImageSupply(provider.GetRequiredService<EngineClient>(), host => Login(settings, host)))
        .AddSingleton(new ContainerMark(identity.Node.ToString()))
        .AddSingleton(provider => new RelaySupply(provider.GetRequiredService<EngineClient>(), RelayProgram.Path))
        .AddSingleton<DoorOpener>()
        .AddSingleton(provider => HandOver.Of(settings.Docker, provider.GetRequiredService<EngineClient>(), provider.GetRequiredService<ContainerMark>()))
        .AddSingleton<DockerRuntime>()
        .AddSingleton(provider => new ProcessRuntime(settings.Worker, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new RuntimeChoice(
            [provider.GetRequiredService<ProcessRuntime>(), provider.GetRequiredService<DockerRuntime>()]))
        .AddSingleton(provider => new WarmPool(settings.Warm, provider.GetRequiredService<NodeHome>().Work,
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WarmPool>>()))
        .AddHostedService(provider => provider.GetRequiredService<WarmPool>());

    /// <summary>As for verifying: the engine pulls with what this node has for the registry. Null if it has nothing.</summary>
    private static RegistryLogin? Login(NodeSettings settings, string host) =>
        settings.Registries.FirstOrDefault(registry => registry.Host == host)?.ToAccess(null).Credential is { } credential
            ? new RegistryLogin(credential.UserName, credential.Password, host)
            : null;
}
