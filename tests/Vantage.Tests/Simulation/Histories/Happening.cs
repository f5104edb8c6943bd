using Vantage.Protocol.Hub;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Simulation.Histories;

/// <summary>One thing that befalls the federation from outside. Nodes and tasks are numbers, so that any of them can be left out.</summary>
internal abstract record Happening(TimeSpan At)
{
    /// <param name="Task">Its number in this history.</param>
    /// <param name="Nodes">One run each.</param>
    /// <param name="StandIns">Under <c>retry</c> nodes of one organization stand in for each other.</param>
    public sealed record Submit(
        TimeSpan At, int Task, LostNodePolicy Policy, IReadOnlyList<int> Nodes, bool StandIns, TimeSpan NotBefore, TimeSpan NotAfter,
        bool Twice) : Happening(At)
    {
        /// <summary>The task in whose name a node asks this; null if a person asks it.</summary>
        public int? Parent { get; init; }

        public override string ToString() =>
            $"task {Task} is asked {(Parent is { } parent ? $"in the name of task {parent} " : "")}of nodes [{string.Join(", ", Nodes.Select(SimNames.Node))}] under {Policy}{(StandIns ? " with stand-ins" : "")}, until +{NotAfter:mm\\:ss}";
    }

    public sealed record Cancel(TimeSpan At, int Task) : Happening(At)
    {
        public override string ToString() => $"task {Task} is cancelled";
    }

    /// <param name="Power">A power cut: what was not flushed may be gone. Else only the process dies.</param>
    public sealed record KillNode(TimeSpan At, int Node, bool Power, TimeSpan For) : Happening(At)
    {
        public override string ToString() =>
            $"node {SimNames.Node(Node)} {(Power ? "loses power" : "is killed")} for {For.TotalSeconds:0} s";
    }

    /// <summary>The node dies in the middle of what it does: at its so-manieth next act on the disk.</summary>
    public sealed record KillNodeAtAct(TimeSpan At, int Node, int Acts, bool Power, TimeSpan For) : Happening(At)
    {
        public override string ToString() =>
            $"node {SimNames.Node(Node)} {(Power ? "loses power" : "is killed")} at its disk act no. {Acts} from now";
    }

    /// <summary>As a service manager does it: it stops what it works on, has a moment to put in order what is in hand, and is gone.</summary>
    public sealed record StopNode(TimeSpan At, int Node, TimeSpan Grace, TimeSpan For) : Happening(At)
    {
        public override string ToString() =>
            $"node {SimNames.Node(Node)} is told to stop (SIGTERM), has {Grace.TotalSeconds:0.0} s, and is down for {For.TotalSeconds:0} s";
    }

    public sealed record PauseNode(TimeSpan At, int Node, TimeSpan For) : Happening(At)
    {
        public override string ToString() => $"node {SimNames.Node(Node)} is stopped (SIGSTOP) for {For.TotalSeconds:0} s";
    }

    public sealed record CutNode(TimeSpan At, int Node, TimeSpan For, bool Told) : Happening(At)
    {
        public override string ToString() =>
            $"node {SimNames.Node(Node)} is cut off {(Told ? "" : "silently ")}for {For.TotalSeconds:0} s";
    }

    public sealed record SetClock(TimeSpan At, int Node, TimeSpan Skew) : Happening(At)
    {
        public override string ToString() => $"node {SimNames.Node(Node)}'s clock is now {Skew.TotalSeconds:+0;-0} s off";
    }

    public sealed record FillDisk(TimeSpan At, int Node, TimeSpan For) : Happening(At)
    {
        public override string ToString() => $"node {SimNames.Node(Node)}'s disk is full for {For.TotalSeconds:0} s";
    }

    public sealed record FailFlush(TimeSpan At, int Node) : Happening(At)
    {
        public override string ToString() => $"node {SimNames.Node(Node)}'s next flush fails";
    }

    /// <summary>Its so-manieth next act on the disk fails, and none after it.</summary>
    public sealed record FailAct(TimeSpan At, int Node, int Acts) : Happening(At)
    {
        public override string ToString() => $"node {SimNames.Node(Node)}'s disk act no. {Acts} from now fails";
    }

    public sealed record SetMode(TimeSpan At, int Node, NodeMode Mode) : Happening(At)
    {
        public override string ToString() => $"node {SimNames.Node(Node)} is set to {Mode}";
    }

    public sealed record Drain(TimeSpan At, int Node, TimeSpan For) : Happening(At)
    {
        public override string ToString() => $"node {SimNames.Node(Node)} is drained";
    }

    /// <summary>It never comes back.</summary>
    public sealed record Revoke(TimeSpan At, int Node) : Happening(At)
    {
        public override string ToString() => $"node {SimNames.Node(Node)} is revoked for good";
    }

    public sealed record KillCoordinator(TimeSpan At, TimeSpan For) : Happening(At)
    {
        public override string ToString() => $"the Coordinator is killed for {For.TotalSeconds:0} s";
    }
}

internal static class SimNames
{
    public static string Node(int number) => ((char)('A' + number)).ToString();
}
