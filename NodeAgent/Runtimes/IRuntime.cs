using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Runtimes;

/// <summary>Starts an algorithm beside its data, confines it, watches it, and leaves nothing of it behind.</summary>
internal interface IRuntime
{
    /// <summary>How receipts call it.</summary>
    string Name { get; }

    /// <summary>Where the code sees the folder that it is shown; null if it sees it where it lies.</summary>
    string? SeenAt { get; }

    /// <summary>How the code speaks to its Gateway: one of <see cref="GatewayKinds"/>.</summary>
    string GatewayKind { get; }

    bool Runs(RuntimeCode code);

    /// <summary>
    /// Returns when nothing of the run is left. Does not throw for what an algorithm can do. <paramref name="stop"/> first
    /// asks the algorithm to end, then kills it.
    /// </summary>
    Task<RuntimeEnd> RunAsync(RuntimeJob job, CancellationToken stop);

    /// <summary>Ends what an earlier life of this node left running, by this node's own marks.</summary>
    Task SweepAsync(string workRoot, CancellationToken cancellationToken);
}

/// <summary>One run, ready to be started.</summary>
/// <param name="Name">The run and its epoch, as marks carry it.</param>
/// <param name="WorkDirectory">The run's own; in the process runtime also the algorithm's current directory, home and scratch space.</param>
/// <param name="Shown">The folder with all that the code may read, below <paramref name="WorkDirectory"/> or the same.</param>
/// <param name="RunFile">What the algorithm is given about its run, in that folder.</param>
/// <param name="SocketFolder">What its Gateway needs outside of the work directory; swept with the run.</param>
/// <param name="Said">Takes what it writes to its standard streams.</param>
internal sealed record RuntimeJob(
    RuntimeCode Code, string Name, string WorkDirectory, string Shown, string RunFile, string SocketFolder, RuntimeLimits Limits,
    Action<ReadOnlyMemory<byte>> Said)
{
    /// <summary>What the site's policy requires besides.</summary>
    public IReadOnlySet<SandboxDemand> Demands { get; init; } = new HashSet<SandboxDemand>();

    /// <summary>What it may call by TCP; empty for no network at all.</summary>
    public IReadOnlyList<Door> Doors { get; init; } = [];

    /// <summary>Where the run's Gateway listens, for a runtime that carries the code's calls there.</summary>
    public string GatewaySocket { get; init; } = "";

    /// <summary>Takes each confinement and how it is really enforced, as soon as it is started: a warm worker is asked before its end.</summary>
    public Action<IReadOnlyDictionary<string, string>> Started { get; init; } = _ => { };

    /// <summary>What stands in its environment besides. Values of the node's own, never a request's.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>Set for an image of another contract than ours.</summary>
    public GuestTerms? Guest { get; init; }

    /// <summary>Takes why it isn't moving before it is started.</summary>
    public Action<WaitingReason> Waiting { get; init; } = _ => { };
}

internal sealed record RuntimeLimits(double Cpu, int MemoryMiB, int DiskMiB, TimeSpan Time)
{
    /// <summary>How many devices beside the processors; the policy has allowed them.</summary>
    public int Accelerators { get; init; }
}

/// <summary>Why nothing runs any more.</summary>
/// <param name="Enforced">Each confinement and how it was really enforced.</param>
internal abstract record RuntimeEnd(IReadOnlyDictionary<string, string> Enforced)
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>By itself. Codes over 128 are signals, as in a shell.</summary>
    public sealed record Exited(int Code, IReadOnlyDictionary<string, string> Enforced) : RuntimeEnd(Enforced);

    /// <summary>Killed for using more than it may.</summary>
    public sealed record Exceeded(Resource Resource, IReadOnlyDictionary<string, string> Enforced) : RuntimeEnd(Enforced);

    /// <summary>Somebody asked for it.</summary>
    public sealed record Stopped(IReadOnlyDictionary<string, string> Enforced) : RuntimeEnd(Enforced);

    /// <param name="Message">What the node's admin should look at.</param>
    public sealed record NotStarted(string Message) : RuntimeEnd(Nothing);

    /// <summary>This host can't run it as it has to be run; nothing was started.</summary>
    /// <param name="Rule">What can't be kept.</param>
    /// <param name="Message">With the numbers, for whoever asks.</param>
    public sealed record Refused(string Rule, string Message) : RuntimeEnd(Nothing);

    /// <summary>It was started, and what runs it was lost out of sight. Nothing is known of its end.</summary>
    /// <param name="Message">What the node's admin should look at.</param>
    public sealed record Lost(string Message, IReadOnlyDictionary<string, string> Enforced) : RuntimeEnd(Enforced);
}

internal enum Resource
{
    Time,
    Memory,
    Disk,
}
