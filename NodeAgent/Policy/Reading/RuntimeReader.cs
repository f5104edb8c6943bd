using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Runtimes;

namespace Vantage.NodeAgent.Policy.Reading;

/// <summary>The <c>runtime:</c> of a policy: how algorithms may run here. Without it, not at all.</summary>
internal static class RuntimeReader
{
    private static readonly Dictionary<string, SandboxDemand> Demands = new()
    {
        ["userns"] = SandboxDemand.Userns,
        ["runsc"] = SandboxDemand.Runsc,
    };

    private enum Word
    {
        Refuse,
        Allow,
    }

    public static (bool Processes, DockerConsent? Docker, bool Warm) Read(YamlSection root)
    {
        if (root.Section("runtime") is not { } runtime)
        {
            return (false, null, false);
        }

        var processes = Processes(runtime);
        var docker = RuleLists.Word(runtime, "docker", Word.Refuse, ("allow", Word.Allow));
        var warm = RuleLists.Word(runtime, "warm", Word.Refuse, ("allow", Word.Allow));
        var demands = runtime.Each("require", string.Join(" or ", Demands.Keys), word => Demands.ContainsKey(word) ? word : null)
            .Select(word => Demands[word])
            .ToHashSet();
        runtime.Done();
        return (processes, docker == Word.Allow ? new DockerConsent(demands) : null, warm == Word.Allow);
    }

    private static bool Processes(YamlSection runtime)
    {
        var sentence = runtime.Text("process");
        if (sentence is not null && sentence != NodePolicy.ProcessConsent)
        {
            runtime.Problem("process",
                $"Expected exactly \"{NodePolicy.ProcessConsent}\" since it stands for a signature; without the line,"
                + " algorithms do not run as processes.");
        }

        return sentence == NodePolicy.ProcessConsent;
    }
}
