using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>The <c>docker:</c> of node.yaml. Whether anything may run there is the policy's to say.</summary>
/// <param name="Engine">Where it listens.</param>
internal sealed record DockerSettings(EngineAddress Engine)
{
    public const string DefaultSocket = "/var/run/docker.sock";

    public static DockerSettings Default { get; } = new(new EngineAddress.UnixSocket(DefaultSocket));

    /// <summary>Inputs are copied into a volume, because the engine does not see this node's files; else they are mounted.</summary>
    public bool CopiesInputs { get; init; }

    /// <summary>The Gateway is framed over standard streams; else it is a socket among the files that a run is shown.</summary>
    public bool FramesGateway { get; init; }

    /// <param name="section">Null where it is left out.</param>
    /// <param name="folder">Where relative paths begin.</param>
    public static DockerSettings Read(YamlSection? section, string folder)
    {
        if (section is null)
        {
            return Default;
        }

        var engine = EngineSettings.Read(section, folder);
        var copies = Choice(section, "staging", "bind", "volume", isSecondByDefault: !engine.IsHere);
        var settings = new DockerSettings(engine)
        {
            CopiesInputs = copies,
            FramesGateway = Choice(section, "gateway", "socket", "stdio", isSecondByDefault: copies),
        };
        settings.Complain(section);
        section.Done();
        return settings;
    }

    private void Complain(YamlSection section)
    {
        if (!Engine.IsHere && !CopiesInputs)
        {
            section.Problem("staging", $"The engine at {Engine.Text} does not see this node's files: 'docker.staging' is volume there.");
        }
        else if (CopiesInputs && !FramesGateway)
        {
            section.Problem("gateway", "A socket can't be copied into a volume: with 'docker.staging: volume', 'docker.gateway' is stdio.");
        }
    }

    private static bool Choice(YamlSection section, string key, string first, string second, bool isSecondByDefault)
    {
        switch (section.Text(key))
        {
            case null:
                return isSecondByDefault;
            case var said when said == first || said == second:
                return said == second;
            default:
                section.Problem(key, $"'docker.{key}' is {first} or {second}.");
                return isSecondByDefault;
        }
    }
}
