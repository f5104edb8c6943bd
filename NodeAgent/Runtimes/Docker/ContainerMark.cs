using System.Globalization;

namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>
/// By what a node knows its own containers: labels that nobody else sets, and a name made of node, run and epoch, so that
/// the engine itself refuses to start the same handing of a run twice. No text of a request is part of either.
/// </summary>
internal sealed record ContainerMark(string Node)
{
    public const string NodeLabel = "org.vantage.node";
    public const string RunLabel = "org.vantage.run";

    private const string Relay = "-door";
    private const string Copy = "-in";

    /// <summary>Of the container, and of the volume with what it is shown.</summary>
    public string NameOf(RuntimeJob job) => $"vtg-{Node}-{job.Name}";

    /// <summary>Of the container that stands behind a run's doors.</summary>
    public string RelayOf(RuntimeJob job) => NameOf(job) + Relay;

    /// <summary>Of the volume with the sockets of one folder.</summary>
    public string DoorVolumeOf(RuntimeJob job, int number) => string.Create(CultureInfo.InvariantCulture, $"{RelayOf(job)}{number}");

    public IEnumerable<string> DoorVolumesOf(RuntimeJob job) => Enumerable.Range(0, job.Doors.Select(door => Path.GetDirectoryName(door.SocketPath))
        .Distinct(StringComparer.Ordinal).Count()).Select(number => DoorVolumeOf(job, number));

    /// <summary>All that is made of a run in the engine, in the order in which it can be removed.</summary>
    /// <param name="job">Of which run.</param>
    /// <param name="isCopied">Its inputs are copied to the engine.</param>
    public RunThings ThingsOf(RuntimeJob job, bool isCopied)
    {
        IEnumerable<string> copy = isCopied ? [CopyOf(job)] : [];
        return new(NameOf(job), [.. job.Doors.Count == 0 ? [NameOf(job)] : new[] { NameOf(job), RelayOf(job) }, .. copy],
            [NameOf(job), .. DoorVolumesOf(job), .. copy]);
    }

    /// <summary>What a run's inputs are copied into, and the container by way of which they are.</summary>
    public string CopyOf(RuntimeJob job) => NameOf(job) + Copy;

    /// <summary>Whether this belongs to the run with the other name: its doors, or the copy of its inputs.</summary>
    public static bool IsPartOf(string name, string run) => name.StartsWith(run + Relay, StringComparison.Ordinal) || name == run + Copy;

    public static bool IsRelay(string name) => name.EndsWith(Relay, StringComparison.Ordinal);

    public IReadOnlyDictionary<string, string> LabelsOf(RuntimeJob job) =>
        new Dictionary<string, string> { [NodeLabel] = Node, [RunLabel] = job.Name };

    /// <summary>A volume has the labels of whoever made it first; only ours have our names.</summary>
    public bool IsMine(string name) => name.StartsWith($"vtg-{Node}-", StringComparison.Ordinal);
}

/// <summary>What a run has in the engine.</summary>
/// <param name="Name">The run's own, with which all other names begin.</param>
internal sealed record RunThings(string Name, IReadOnlyList<string> Containers, IReadOnlyList<string> Volumes);
