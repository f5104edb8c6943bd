using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker;

/// <summary>The host's own container engine; a test that needs it is left out where there is none.</summary>
internal sealed class TestEngine(EngineAddress address) : IDisposable
{
    public static string Socket => Environment.GetEnvironmentVariable("VANTAGE_TEST_ENGINE") ?? "/var/run/docker.sock";

    public TestEngine()
        : this(new EngineAddress.UnixSocket(Socket))
    {
    }

    public EngineCalls Calls { get; } = new(address);

    public EngineClient Client => new(Calls);

    public static void Require() => Assert.SkipUnless(
        File.Exists(Socket), $"No container engine listens at {Socket}; './build setup' as root on Debian installs and starts one.");

    /// <summary>The names of all containers and volumes that a node left.</summary>
    public async Task<IReadOnlyList<string>> LeftOfAsync(string node)
    {
        const string Label = "org.vantage.node";
        var stop = TestContext.Current.CancellationToken;
        var containers = await Client.ListAsync(Label, node, stop);
        var volumes = await Client.ListVolumesAsync(Label, node, stop);
        return [.. containers.SelectMany(c => c.Names ?? []), .. volumes.Select(v => v.Name)];
    }

    public void Dispose() => Calls.Dispose();
}
