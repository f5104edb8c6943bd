using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Coordinator.Tasks.Store;

/// <summary>A run store with the organizations, collaborations and nodes around it, and a clock that tests push.</summary>
public abstract class StoreWorld : IAsyncDisposable
{
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    internal abstract IRunStore Store { get; }

    internal abstract Task<CollaborationId> CollaborationAsync();

    /// <summary>A certified node of a new organization that is a member of these.</summary>
    internal abstract Task<WorkingNode> NodeAsync(params CollaborationId[] collaborations);

    /// <summary>Another node of the same organization.</summary>
    internal abstract Task<WorkingNode> SisterAsync(WorkingNode node);

    /// <summary>An organization that asks, and a person of it.</summary>
    internal abstract Task<Asker> AskerAsync(params CollaborationId[] collaborations);

    internal abstract Task AddBlobAsync(CollaborationId collaboration, Digest digest, long size);

    /// <summary>Lets this much time pass for everything in this world.</summary>
    internal abstract Task PassAsync(TimeSpan time);

    /// <summary>Puts a run, claimed or not, straight into a state.</summary>
    internal abstract Task PutAsync(RunId run, RunState state, NodeId? holder);

    /// <summary>Lets the lease of one node lapse, and the store notice it.</summary>
    internal abstract Task LapseOnlyAsync(WorkingNode node);

    internal abstract DateTimeOffset Now { get; }

    internal CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public abstract ValueTask DisposeAsync();

    internal Task<CreateOutcome> CreateAsync(NewTask task) => Store.CreateAsync(task, Cancelled);

    internal Task<BeatAnswer> BeatAsync(WorkingNode node, params RunReport[] reports) =>
        Store.BeatAsync(new NodeBeat(node, NodeMode.Active, reports, "1.0"), Cancelled);

    internal Task<BeatAnswer> SayAsync(WorkingNode node, NodeMode mode) =>
        Store.BeatAsync(new NodeBeat(node, mode, [], "1.0"), Cancelled);

    /// <summary>The node shows up and claims.</summary>
    internal async Task<IReadOnlyList<OwnedRun>> ClaimAsync(WorkingNode node, int max = 10)
    {
        await BeatAsync(node);
        return await Store.ClaimAsync(new ClaimBid(node, max), Cancelled);
    }

    internal Task<InventoryAnswer> ReconcileAsync(WorkingNode node, IReadOnlyList<RunReport> runs, params RunId[] justClaimed) =>
        Store.ReconcileAsync(new NodeInventory(node, NodeMode.Active, runs, justClaimed, "1.0"), Cancelled);

    internal Task<CommitAnswer> CommitAsync(
        WorkingNode node, OwnedRun run, RunOutcome outcome = RunOutcome.Succeeded, string receipt = "receipt",
        params StoredPayload[] payloads) =>
        Store.CommitAsync(CommitOf(node, run, outcome, receipt, payloads), Cancelled);

    internal static RunCommit CommitOf(
        WorkingNode node, OwnedRun run, RunOutcome outcome, string receipt, params StoredPayload[] payloads) =>
        new(node, run.Run, new TaskKey(run.Task, run.Collaboration), run.Epoch, outcome,
            outcome == RunOutcome.Succeeded ? null : "algorithm-failed", $"{receipt} for {run.Run}", payloads);

    internal static StoredPayload Inline(PayloadKind kind, string text = "sealed")
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return new StoredPayload(kind, Digest.Of(bytes), bytes.Length, bytes);
    }

    internal async Task<TaskSnapshot> SeeAsync(NewTask task) =>
        await Store.FindAsync(task.Key, Cancelled) ?? throw new InvalidOperationException("The task is gone.");

    internal async Task<RunSnapshot> SeeRunAsync(NewTask task) => Assert.Single((await SeeAsync(task)).Runs);
}
