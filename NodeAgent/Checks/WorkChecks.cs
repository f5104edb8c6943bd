using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Policy.Reading;

namespace Vantage.NodeAgent.Checks;

/// <summary>What the node works with: policy, data, worker, disk.</summary>
internal static class WorkChecks
{
    public static IEnumerable<CheckLine> Run(NodeHome home, NodeSettings? settings)
    {
        yield return Policy(home);
        if (settings is null)
        {
            yield break;
        }

        foreach (var source in settings.Sources)
        {
            yield return NodeChecks.Try("data", "Mend the path in node.yaml, or let the node's account read the file.", () => Source(source));
        }

        yield return Worker(settings);
        yield return NodeChecks.Try("disk", "Free some disk.", () => Disk(home, settings));
    }

    private static CheckLine Policy(NodeHome home)
    {
        const string Help = "docs/policy.md explains every key.";
        try
        {
            var policy = PolicyReader.Read(home.Policy, File.ReadAllText(home.Policy));
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

    private static CheckLine Source(CsvSourceSettings source)
    {
        using var file = new FileStream(source.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return file.Length > 0
            ? CheckLine.Ok("data", $"{source.Id}: {source.Path}, {file.Length} bytes")
            : CheckLine.Failed("data", $"{source.Id}: {source.Path} is empty.", "Put the data there, or take the source out of node.yaml.");
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
