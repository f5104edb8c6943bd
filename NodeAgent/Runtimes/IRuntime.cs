namespace Vantage.NodeAgent.Runtimes;

/// <summary>Starts an algorithm beside its data, confines it, watches it, and leaves nothing of it behind.</summary>
internal interface IRuntime
{
    /// <summary>How receipts call it.</summary>
    string Name { get; }

    /// <summary>
    /// Returns when nothing of the run is left. Does not throw for what an algorithm can do. <paramref name="stop"/> first
    /// asks the algorithm to end, then kills it.
    /// </summary>
    Task<RuntimeEnd> RunAsync(RuntimeJob job, CancellationToken stop);

    /// <summary>Ends what an earlier life of this node left running, by this node's own marks.</summary>
    Task SweepAsync(string workRoot, CancellationToken cancellationToken);
}

/// <param name="WorkDirectory">The run's own; the algorithm's current directory, home and scratch space.</param>
/// <param name="RunFile">What the algorithm is given about its run.</param>
/// <param name="SocketFolder">Where its Gateway listens; swept with the run.</param>
/// <param name="Said">Takes what it writes to its standard streams.</param>
internal sealed record RuntimeJob(
    string WorkDirectory, string RunFile, string SocketFolder, RuntimeLimits Limits, Action<ReadOnlyMemory<byte>> Said);

internal sealed record RuntimeLimits(double Cpu, int MemoryMiB, int DiskMiB, TimeSpan Time);

/// <summary>Why nothing runs any more.</summary>
/// <param name="Enforced">Each confinement and how it was really enforced.</param>
internal abstract record RuntimeEnd(IReadOnlyDictionary<string, string> Enforced)
{
    /// <summary>By itself. Codes over 128 are signals, as in a shell.</summary>
    public sealed record Exited(int Code, IReadOnlyDictionary<string, string> Enforced) : RuntimeEnd(Enforced);

    /// <summary>Killed for using more than it may.</summary>
    public sealed record Exceeded(Resource Resource, IReadOnlyDictionary<string, string> Enforced) : RuntimeEnd(Enforced);

    /// <summary>Somebody asked for it.</summary>
    public sealed record Stopped(IReadOnlyDictionary<string, string> Enforced) : RuntimeEnd(Enforced);

    /// <param name="Message">What the node's admin should look at.</param>
    public sealed record NotStarted(string Message) : RuntimeEnd(new Dictionary<string, string>());
}

internal enum Resource
{
    Time,
    Memory,
    Disk,
}
