using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.Tasks.Store.Memory;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Tests.Coordinator.Tasks.Store;

public sealed class MemoryWorld : StoreWorld
{
    private readonly PushedClock clock = new();
    private readonly MemoryRunStore store;

    public MemoryWorld() => store = new MemoryRunStore(clock, Lease);

    internal override IRunStore Store => store;

    internal override DateTimeOffset Now => clock.GetUtcNow();

    internal override Task<CollaborationId> CollaborationAsync() => Task.FromResult(CollaborationId.New(TimeProvider.System));

    internal override Task<WorkingNode> NodeAsync(params CollaborationId[] collaborations) => Task.FromResult(
        new WorkingNode(NodeId.New(TimeProvider.System), OrganizationId.New(TimeProvider.System), collaborations));

    internal override Task<WorkingNode> SisterAsync(WorkingNode node) =>
        Task.FromResult(node with { Node = NodeId.New(TimeProvider.System) });

    internal override Task<Asker> AskerAsync(params CollaborationId[] collaborations) => Task.FromResult(
        new Asker(OrganizationId.New(TimeProvider.System), UserId.New(TimeProvider.System), null));

    internal override Task AddBlobAsync(CollaborationId collaboration, Digest digest, long size)
    {
        store.AddBlob(collaboration, digest);
        return Task.CompletedTask;
    }

    internal override Task PassAsync(TimeSpan time)
    {
        clock.Push(time);
        return Task.CompletedTask;
    }

    internal override Task PutAsync(RunId run, RunState state, NodeId? holder)
    {
        store.Put(run, state, holder);
        return Task.CompletedTask;
    }

    internal override async Task LapseOnlyAsync(WorkingNode node)
    {
        store.Lapse(node.Node);
        await store.SweepAsync(Cancelled);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
