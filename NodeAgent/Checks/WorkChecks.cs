using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy.Reading;

namespace Vantage.NodeAgent.Checks;

/// <summary>What the node works with: policy, data, worker, disk.</summary>
internal static class WorkChecks
{
    public static IEnumerable<CheckLine> Run(NodeHome home, NodeSettings? settings)
    {
        yield return Policy(home, settings?.Coordinator);
        if (settings is null)
        {
            yield break;
        }

        yield return Worker(settings);
        yield return NodeChecks.Try("disk", "Free some disk.", () => Disk(home, settings));
    }

    private static CheckLine Policy(NodeHome home, Uri? coordinator)
    {
        const string Help = "docs/policy.md explains every key.";
        try
        {
            var policy = PolicyReader.Read(home.Policy, File.ReadAllText(home.Policy), coordinator);
            return policy.Accept.Count > 0
                ? CheckLine.Ok("policy", $"{home.Policy} has {policy.Accept.Count} rules")
                : CheckLine.Warning("policy", $"{home.Policy} accepts nothing", "Write a rule for what may run here. " + Help);
        }
        catch (SettingsException e)
        {
            return CheckLine.Failed("policy", string.Join(' ', e.Problems), "Until it is mended the node refuses everything new. " + Help);
        }
        catch (IOException e)
        {
            return CheckLine.Failed("policy", e.Message, "Without it the node accepts nothing. " + Help);
        }
    }

    private static CheckLine Worker(NodeSettings settings) => File.Exists(settings.Worker)
        ? CheckLine.Ok("worker", settings.Worker)
        : CheckLine.Failed("worker", $"There is no {settings.Worker}.",
            "Set 'worker' in node.yaml to the Vantage.Worker program, or install the node again.");

    private static CheckLine Disk(NodeHome home, NodeSettings settings)
    {
        var free = new DriveInfo(home.Root).AvailableFreeSpace / 1024 / 1024;
        return free >= settings.MinimumFreeMiB
            ? CheckLine.Ok("disk", $"{free} MiB free")
            : CheckLine.Failed("disk", $"{free} MiB are free; below {settings.MinimumFreeMiB} MiB the node takes on nothing.",
                "Free some disk, or lower 'minimumFreeMiB' in node.yaml.");
    }
}
