using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Policy.Reading;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Sandbox;

namespace Vantage.NodeAgent.Checks;

/// <summary>The container engine, if the policy lets anything run there: whether it answers, and what it can't enforce.</summary>
internal static class EngineChecks
{
    private const string Name = "engine";
    private const string Sandbox = "sandbox";

    public static async Task<IReadOnlyList<CheckLine>> RunAsync(NodeHome home, NodeSettings settings, CancellationToken cancellationToken)
    {
        if (Consent(home) is not { } consent)
        {
            return [];
        }

        using var calls = new EngineCalls(settings.Docker.Engine);
        try
        {
            var engine = new EngineClient(calls);
            var version = await engine.VersionAsync(cancellationToken);
            var host = await engine.InfoAsync(cancellationToken);
            return [CheckLine.Ok(Name, $"{settings.Docker.Engine.Text}: version {host.ServerVersion}, API {version}, {host.NCPU} cores, {host.MemTotal >> 20} MiB"), Means(host, consent)];
        }
        catch (EngineException e)
        {
            return
            [
                CheckLine.Failed(Name, e.Message, "Until it answers, algorithms in images fail here. 'docker.socket' in node.yaml names the engine."),
                CheckLine.Skipped(Sandbox, "'engine' comes first."),
            ];
        }
    }

    private static CheckLine Means(EngineInfo host, DockerConsent consent)
    {
        var missing = HostMeans.Missing(host).Concat(HostMeans.Undemanded(host, consent.Demands)).Select(no => no.Message).ToList();
        return missing.Count > 0
            ? CheckLine.Failed(Sandbox, string.Join(' ', missing), "Every run in a container is refused until the engine or the policy is changed; docs/node-admin.md has a section on it.")
            : CheckLine.Ok(Sandbox, $"control groups version {host.CgroupVersion}, seccomp, "
                + $"{(HostMeans.HasUserns(host) ? "user namespaces" : "no user namespaces")}, runtimes {string.Join(", ", host.Runtimes.Keys.Order(StringComparer.Ordinal))}");
    }

    /// <summary>Null where containers are not allowed, or the policy can't be read; that is another check's finding.</summary>
    private static DockerConsent? Consent(NodeHome home)
    {
        try
        {
            return PolicyReader.Read(home.Policy, File.ReadAllText(home.Policy)).Docker;
        }
        catch (Exception e) when (e is Hosting.Yaml.SettingsException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
