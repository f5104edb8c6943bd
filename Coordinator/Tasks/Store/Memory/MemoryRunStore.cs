using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Coordinator.Tasks.Store.Memory;

/// <summary>
/// The store of the simulator and of tests: the run table applied to objects under one lock. Forgets everything with its
/// process, so it never serves anybody.
/// </summary>
internal sealed partial class MemoryRunStore(TimeProvider time, TimeSpan lease) : IRunStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<TaskId, MemoryTask> tasks = [];
    private readonly Dictionary<RunId, MemoryRun> runs = [];
    private readonly Dictionary<NodeId, MemoryNode> nodes = [];
    private readonly HashSet<(CollaborationId, Digest)> blobs = [];

    private DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What the blob store would hold.</summary>
    public void AddBlob(CollaborationId collaboration, Digest digest)
    {
        lock (gate)
        {
            blobs.Add((collaboration, digest));
        }
    }

    /// <summary>For tests: a run in a state that it would take long to reach.</summary>
    public void Put(RunId id, RunState state, NodeId? holder)
    {
        lock (gate)
        {
            (runs[id].State, runs[id].Holder, runs[id].Accepted) = (state, holder, null);
        }
    }

    /// <summary>For tests: this node's lease ends now.</summary>
    public void Lapse(NodeId node)
    {
        lock (gate)
        {
            Node(node).LeaseUntil = Now;
        }
    }

    public Task<CreateOutcome> CreateAsync(NewTask task, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(Create(task));
        }
    }

    public Task<CancelAnswer?> CancelAsync(TaskKey task, string actor, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(Find(task) is { } found ? Cancel(found) : null);
        }
    }

    public Task<TaskSnapshot?> FindAsync(TaskKey task, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(Find(task) is { } found ? Snapshot(found) : null);
        }
    }

    private CreateOutcome Create(NewTask task)
    {
        var manifest = task.Manifest;
        if (tasks.TryGetValue(manifest.Task, out var existing))
        {
            return existing.Task.Key == task.Key && existing.Task.ManifestDigest == task.ManifestDigest
                ? new CreateOutcome.Exists(Snapshot(existing))
                : new CreateOutcome.Conflict();
        }

        if (manifest.Targets.Any(target => runs.ContainsKey(target.Run)))
        {
            return new CreateOutcome.Conflict();
        }

        var missing = Missing(manifest.Collaboration, manifest.Targets
            .SelectMany(target => target.Alternates.Select(alternate => alternate.Input.Digest).Prepend(target.Input.Digest))
            .Where(digest => !task.InlineInputs.ContainsKey(digest)));
        if (missing.Count > 0)
        {
            return new CreateOutcome.InputsMissing(missing);
        }

        var stored = new MemoryTask(task, Now);
        stored.Runs.AddRange(manifest.Targets.Select(target => new MemoryRun(stored, target, Now)));
        tasks.Add(manifest.Task, stored);
        stored.Runs.ForEach(run => runs.Add(run.Target.Run, run));
        return new CreateOutcome.Created(Snapshot(stored));
    }

    private CancelAnswer Cancel(MemoryTask task)
    {
        var stop = new List<StopWork>();
        foreach (var run in task.Runs)
        {
            var holder = run.IsHeld ? run.Holder : null;
            if (Apply(run, new RunEvent.Cancel()) && holder is { } node)
            {
                stop.Add(new StopWork(node, new(run.Target.Run, run.State.Epoch, Protocol.Hub.StopReason.Cancelled)));
            }
        }

        return new CancelAnswer(task.Outcome!.Value, stop);
    }

    private MemoryTask? Find(TaskKey key) =>
        tasks.TryGetValue(key.Task, out var task) && task.Task.Key == key ? task : null;

    private List<Digest> Missing(CollaborationId collaboration, IEnumerable<Digest> digests) =>
        [.. digests.Where(digest => !blobs.Contains((collaboration, digest))).Distinct()];

    private MemoryNode Node(NodeId id) =>
        nodes.TryGetValue(id, out var node) ? node : nodes[id] = new MemoryNode();

    private bool Apply(MemoryRun run, RunEvent happened)
    {
        if (RunLifecycle.Next(run.State, happened, Now) is not RunTransition.Moved moved)
        {
            return false;
        }

        run.Move(moved.State, Now);
        if (run.Task.Outcome is not null)
        {
            run.Task.SettledAt ??= Now;
        }

        return true;
    }

    private TaskSnapshot Snapshot(MemoryTask task)
    {
        var manifest = task.Task.Manifest;
        return new TaskSnapshot(task.Task.Key, manifest.Job, manifest.Study, manifest.Type, manifest.Algorithm,
            manifest.Function, task.Task.Asker, task.Task.ManifestDigest, task.CreatedAt, manifest.NotBefore,
            manifest.NotAfter, task.Outcome, task.SettledAt, Now, [.. task.Runs.Select(Snapshot)]);
    }

    private RunSnapshot Snapshot(MemoryRun run)
    {
        var node = run.Holder ?? run.Target.Node;
        return new RunSnapshot(run.Target.Run, run.Target.Organization, run.Target.Node, run.Holder, run.State, run.Code,
            run.Progress, run.Waiting, run.WaitingSince, run.UpdatedAt, Node(node).Presence,
            [.. run.Payloads]);
    }
}
