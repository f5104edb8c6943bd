namespace Vantage.NodeAgent.Runtimes.Docker;

/// <summary>
/// By what a node knows its own containers: labels that nobody else sets, and a name made of node, run and epoch, so that
/// the engine itself refuses to start the same handing of a run twice. No text of a request is part of either.
/// </summary>
internal sealed record ContainerMark(string Node)
{
    public const string NodeLabel = "org.vantage.node";
    public const string RunLabel = "org.vantage.run";

    /// <summary>Of the container, and of the volume with what it is shown.</summary>
    public string NameOf(RuntimeJob job) => $"vtg-{Node}-{job.Name}";

    public IReadOnlyDictionary<string, string> LabelsOf(RuntimeJob job) =>
        new Dictionary<string, string> { [NodeLabel] = Node, [RunLabel] = job.Name };

    /// <summary>A volume has the labels of whoever made it first; only ours have our names.</summary>
    public bool IsMine(string name) => name.StartsWith($"vtg-{Node}-", StringComparison.Ordinal);
}
