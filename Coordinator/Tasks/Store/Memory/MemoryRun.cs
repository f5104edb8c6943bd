using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.Tasks.Store.Memory;

internal sealed class MemoryTask(NewTask task, DateTimeOffset createdAt)
{
    public NewTask Task => task;

    public DateTimeOffset CreatedAt => createdAt;

    public List<MemoryRun> Runs { get; } = [];

    public DateTimeOffset? SettledAt { get; set; }

    public TaskOutcome? Outcome => TaskLifecycle.Fold([.. Runs.Select(run => run.State)]);
}

internal sealed class MemoryRun(MemoryTask task, ManifestTarget target, DateTimeOffset createdAt)
{
    public MemoryTask Task => task;

    public ManifestTarget Target => target;

    public TaskManifest Manifest => task.Task.Manifest;

    public RunState State { get; set; } = RunState.New(task.Task.Manifest.NotAfter);

    public NodeId? Holder { get; set; }

    public string? Code { get; set; }

    public int? Progress { get; set; }

    public WaitingReason Waiting { get; set; }

    public DateTimeOffset? WaitingSince { get; set; }

    public DateTimeOffset UpdatedAt { get; set; } = createdAt;

    public List<PayloadSnapshot> Payloads { get; } =
    [
        new(Protocol.Envelopes.PayloadKind.Input, target.Node, target.Input.Digest, target.Input.Size, Available: true),
        .. target.Alternates.Select(alternate => new PayloadSnapshot(
            Protocol.Envelopes.PayloadKind.Input, alternate.Node, alternate.Input.Digest, alternate.Input.Size, Available: true)),
    ];

    public Digest? Accepted { get; set; }

    /// <summary>Receipts that changed nothing, kept because a node signed them.</summary>
    public List<string> Late { get; } = [];

    public bool IsHeld => State.Phase is not (RunPhase.Queued or RunPhase.Ended);

    public bool IsNamed(NodeId node) => target.Node == node || target.Alternates.Any(alternate => alternate.Node == node);

    public Standing Standing => new(State, Holder, Accepted);

    public void Move(RunState state, DateTimeOffset now)
    {
        State = state;
        UpdatedAt = now;
        if (state.Phase is RunPhase.Queued or RunPhase.Leased or RunPhase.Ended)
        {
            Holder = state.Phase == RunPhase.Queued ? null : Holder;
            Progress = state.Phase == RunPhase.Ended ? Progress : null;
            Waiting = WaitingReason.None;
            WaitingSince = null;
        }
    }
}

internal sealed class MemoryNode
{
    public NodeMode Mode { get; set; }

    public DateTimeOffset? ModeSince { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public NodePresence Presence => new(Mode, ModeSince, LeaseUntil);

    public bool IsReady(DateTimeOffset now) => Mode == NodeMode.Active && LeaseUntil > now;
}
