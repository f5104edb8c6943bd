using Vantage.Coordinator.Tasks.Store;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Simulation.Nodes;

namespace Vantage.Tests.Simulation.Laws;

/// <summary>What holds of machines, over all the lives of their nodes.</summary>
internal sealed class NodeLaws(World world)
{
    private readonly HashSet<(SimNode, RunId)> finished = [];
    private readonly HashSet<(NodeProcess, RunId)> running = [];
    private readonly Dictionary<(SimNode, RunId), string> sent = [];
    private readonly HashSet<(SimNode, RunId)> answered = [];

    /// <summary>How often any algorithm began.</summary>
    public int Begun { get; private set; }

    public void Begins(NodeProcess node, RunKey key, TaskManifest manifest)
    {
        if (!node.IsAlive)
        {
            return;
        }

        Begun++;
        world.Trace.Say($"{node.Name}: begins {world.NameOf(key.Run)} epoch {key.Epoch}");
        world.Laws.Hold(!finished.Contains((node.Machine, key.Run)), "what a node has finished never runs there again",
            () => $"{world.NameOf(key.Run)} at {node.Name}");
        world.Laws.Hold(running.Add((node, key.Run)), "a run is worked on once at a time", () => $"{world.NameOf(key.Run)} at {node.Name}");
    }

    public void Ends(NodeProcess node, RunKey key)
    {
        if (node.IsAlive)
        {
            world.Trace.Say($"{node.Name}: the work on {world.NameOf(key.Run)} epoch {key.Epoch} is over");
            running.Remove((node, key.Run));
        }
    }

    public void Sends(NodeProcess node, RunEntry entry, CommitRequest commit)
    {
        var run = (node.Machine, commit.Run);
        finished.Add(run);
        var receipt = SimSealing.Read(commit.Receipt);
        if (receipt.Code is RunCodes.FinishedBefore or RunCodes.ResultDamaged)
        {
            world.Laws.Hold(answered.Contains(run), "a sealed result is not lost before it was answered",
                () => $"{node.Name} has nothing left of {world.NameOf(commit.Run)}");
            return;
        }

        world.Laws.Hold(sent.TryAdd(run, commit.Receipt) || sent[run] == commit.Receipt, "a sealed result is sent unchanged",
            () => $"{node.Name} sends another end of {world.NameOf(commit.Run)}");
    }

    /// <summary>What the node takes for the outcome is what the Coordinator keeps.</summary>
    public void Hears(NodeProcess node, CommitRequest commit, CommitReply reply)
    {
        world.Trace.Say($"{node.Name}: {world.NameOf(commit.Run)} epoch {commit.Epoch}: {reply.Outcome} {reply.Detail}");
        if (reply.Ended is not null)
        {
            answered.Add((node.Machine, commit.Run));
        }

        var taken = world.StoreLaws.AcceptedOf(commit.Run);
        var isTaken = taken?.Receipt == Digest.OfText(commit.Receipt);
        var holds = reply.Outcome switch
        {
            CommitOutcome.Committed or CommitOutcome.AlreadyCommitted => isTaken,
            // The answer to an earlier handing, while the same end was taken for a later one.
            CommitOutcome.Superseded => !isTaken || taken!.Value.Epoch > commit.Epoch,
            _ => false,
        };
        world.Laws.Hold(holds, "both sides know the same outcome",
            () => $"{node.Name} hears {reply.Outcome} for {world.NameOf(commit.Run)} {reply.Detail}, which is {(isTaken ? "" : "not ")}the kept result");
    }

    /// <summary>When a run is given to others because its node's lease lapsed, that node no longer works on it.</summary>
    public void Swept(Swept swept)
    {
        foreach (var stop in swept.Stop.Where(stop => stop.Order.Reason is StopReason.StaleEpoch or StopReason.Ended))
        {
            var machine = world.Nodes.Single(node => node.Id == stop.Node);
            if (machine.Process is { IsRunning: true } process && world.Scheduler.Elapsed - machine.RunsSince > TimeSpan.FromSeconds(1))
            {
                world.Laws.Hold(!process.Floor.Works.Any(work => work.Key.Run == stop.Order.Run && !work.Stopping.IsCancellationRequested),
                    "without its lease a node stops in time", () => $"{machine.Name} still works on {world.NameOf(stop.Order.Run)}");
            }
        }
    }

    /// <summary>Nothing that a node's journal had taken is missing in the next life.</summary>
    public void Remembers(SimNode machine, RunBook? before, RunBook now)
    {
        foreach (var entry in before?.Entries.Values ?? [])
        {
            if (entry.Outcome is not null)
            {
                finished.Add((machine, entry.Run));
            }

            if (world.Scheduler.Now + machine.Skew >= entry.NotAfter)
            {
                continue;
            }

            world.Laws.Hold(
                now[entry.Run] is { } kept && kept.Epoch >= entry.Epoch
                    && (entry.Outcome is null || (kept.Outcome == entry.Outcome && kept.Payloads.SequenceEqual(entry.Payloads))),
                "what was recorded is remembered", () => $"{machine.Name} had {entry.Stage} {world.NameOf(entry.Run)} epoch {entry.Epoch}, and has {now[entry.Run]?.Stage}");
        }
    }
}
