using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.Tasks.Views;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Simulation.Laws;

/// <summary>What has to come about: looked at from time to time, and once nothing goes wrong any more.</summary>
internal sealed class Endings(World world)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    /// <summary>Two sweeps and a message: as exact as the Coordinator is about time.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(12);

    /// <summary>Reconnecting, a lease or two, and a few works one after the other.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(14);

    private readonly Dictionary<TaskId, TimeSpan> settled = [];

    public bool AllEnded => world.StoreLaws.Tasks.All(task => task.Outcome is not null);

    public void Look()
    {
        world.StoreLaws.Look();
        foreach (var task in world.StoreLaws.Tasks.Where(task => task.Outcome is not null))
        {
            settled.TryAdd(task.Key.Task, world.Scheduler.Elapsed);
        }

        foreach (var task in world.StoreLaws.Tasks.Where(task => task.Outcome is null))
        {
            foreach (var run in task.Runs.Where(run => !run.State.HasEnded))
            {
                Look(task, run);
            }
        }
    }

    /// <summary>After the last end, and time enough to hear of it: nothing is in hand anywhere.</summary>
    public void Close()
    {
        foreach (var node in world.Nodes.Where(node => !node.IsRevoked && node.Process is { IsAlive: true }))
        {
            foreach (var entry in node.Process!.Journal.Book.Entries.Values)
            {
                var kept = world.StoreLaws.AcceptedOf(entry.Run);
                world.Laws.Hold(entry.Acknowledgement is not (CommitOutcome.Committed or CommitOutcome.AlreadyCommitted) || kept?.Epoch == entry.Epoch,
                    "both sides know the same outcome", () => $"{node.Name} takes {world.NameOf(entry.Run)} for committed");
                world.Laws.Hold(entry.Acknowledgement != CommitOutcome.Superseded || kept is null || kept.Value.Epoch != entry.Epoch,
                    "both sides know the same outcome", () => $"{node.Name} takes {world.NameOf(entry.Run)} for superseded");
                world.Laws.Hold(entry.Stage is RunStage.Acknowledged or RunStage.Dropped, "nothing stays in hand",
                    () => $"{node.Name} has {world.NameOf(entry.Run)} still {entry.Stage}");
            }
        }
    }

    private bool IsOrphan(TaskSnapshot task, TimeSpan elapsed, TimeSpan since) =>
        world.TaskOf(task.Key.Task)?.Manifest.Parent is { } parent && settled.TryGetValue(parent.Task, out var seen)
        && elapsed > seen + Slack && elapsed > since + Slack && world.Scheduler.Now > task.CreatedAt + Slack;

    private void Look(TaskSnapshot task, RunSnapshot run)
    {
        var now = world.Scheduler.Now;
        var elapsed = world.Scheduler.Elapsed;
        if (world.CoordinatorSince is not { } since)
        {
            return;
        }

        world.Laws.Hold(now < run.State.NotAfter + Slack || elapsed < since + Slack, "notAfter ends a run",
            () => $"{world.NameOf(run.Id)} is {run.State.Phase}");
        if (run.State.NotAfter <= now || elapsed < since + Slack)
        {
            return;
        }

        world.Laws.Hold(!IsOrphan(task, elapsed, since), "a subtask ends with its parent", () => $"{world.NameOf(run.Id)} is {run.State.Phase}");
        var (reason, from) = Waiting.Of(run, task.CreatedAt, task.NotBefore, now);
        var isLost = run.State.Phase != RunPhase.Queued && run.Presence.LeaseUntil <= now;
        world.Laws.Hold(!isLost || (reason == WaitingReason.NodeOffline && from is not null), "a run of a lost node says so",
            () => $"{world.NameOf(run.Id)} shows {reason}");
        world.Laws.Hold(run.State.Phase != RunPhase.Queued || now - run.UpdatedAt < Waiting.Prompt || now - task.NotBefore < Waiting.Prompt
            || reason != WaitingReason.None, "a run that waits says why", () => world.NameOf(run.Id));

        var policy = world.ManifestOf(run.Id).LostNode;
        var lapsed = run.Presence.LeaseUntil - TimeSpan.Zero is { } until && until > world.AtTime(since) ? until : world.AtTime(since);
        var moves = policy == LostNodePolicy.Fail || (policy == LostNodePolicy.Retry && run.State.Phase < RunPhase.Sealing);
        world.Laws.Hold(!isLost || !moves || now < lapsed + world.Settings.Lease, "within two leases a lost node's run moves",
            () => $"{world.NameOf(run.Id)} under {policy} is {run.State.Phase}, the lease ended at {run.Presence.LeaseUntil:mm:ss}");
        world.Laws.Hold(elapsed < world.Plan.HealsAt + Patience || world.WaitsForTheLost(run), "everything comes to its end",
            () => $"{world.NameOf(run.Id)} is {run.State.Phase} at epoch {run.State.Epoch}, {reason}");
    }
}
