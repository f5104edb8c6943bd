namespace Vantage.NodeAgent.Runtimes;

/// <summary>What an image of another contract finds, in place of what images of ours do.</summary>
/// <param name="ShownAt">Where it sees the folder that it is shown.</param>
/// <param name="Environment">All that the node adds to the image's own, as <c>NAME=VALUE</c>.</param>
/// <param name="Scratch">A second place for scratch files.</param>
/// <param name="Output">The one file of this host that it can write to.</param>
internal sealed record GuestTerms(string ShownAt, IReadOnlyList<string> Environment, string Scratch, WritableFile Output);

/// <param name="Path">Exists. Its name and its folder are out of the algorithm's reach: it can change what is in it, no more.</param>
/// <param name="SeenAt">Where the algorithm sees it.</param>
/// <param name="Bytes">No larger can any file become that it writes; the kernel sees to it.</param>
internal sealed record WritableFile(string Path, string SeenAt, long Bytes);
