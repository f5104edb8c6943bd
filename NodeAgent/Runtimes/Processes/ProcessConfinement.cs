namespace Vantage.NodeAgent.Runtimes.Processes;

/// <summary>What this runtime really does to an algorithm, for the receipt. Whoever reads it is not to be reassured falsely.</summary>
internal static class ProcessConfinement
{
    private const string None = "not enforced";

    public static IReadOnlyDictionary<string, string> Of(RuntimeJob job) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["network"] = None,
        ["filesystem"] = None,
        ["privileges"] = "the node's own account",
        ["environment"] = "cleared",
        ["processes"] = ProcessGroup.Leader is null ? "descendants are killed at the end" : "own session, killed at the end",
        ["cpu"] = $"{None}; told to use {Math.Ceiling(job.Limits.Cpu)}",
        ["memory"] = $"{job.Limits.MemoryMiB} MiB, by watching every {ProcessWatch.Interval.TotalMilliseconds} ms",
        ["disk"] = $"{job.Limits.DiskMiB} MiB of scratch space, by watching",
        ["time"] = $"{job.Limits.Time.TotalSeconds} s",
        ["core dumps"] = OperatingSystem.IsLinux() ? "off" : None,
    };
}
