using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Ids;

namespace Vantage.Tests.Coordinator.Tasks.Store;

public abstract class RunStoreFairness(StoreWorld world) : StoreSuite(world)
{
    [Fact]
    public async Task ALongQueueOfOneCollaboration_DoesNotHoldUpAnother()
    {
        var (busy, quiet) = (await World.CollaborationAsync(), await World.CollaborationAsync());
        var node = await World.NodeAsync(busy, quiet);
        await SubmitAsync(20, await World.AskerAsync(busy), busy, node);
        await SubmitAsync(2, await World.AskerAsync(quiet), quiet, node);

        var order = await OneByOneAsync(node, 4);

        Assert.Equal(2, order.Count(run => run.Collaboration == quiet));
    }

    [Fact]
    public async Task InsideACollaboration_AskersTakeTurns()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var (busy, quiet) = (await World.AskerAsync(collaboration), await World.AskerAsync(collaboration));
        await SubmitAsync(20, busy, collaboration, node);
        var few = await SubmitAsync(2, quiet, collaboration, node);

        var order = await OneByOneAsync(node, 4);

        Assert.Equal(2, order.Count(run => few.Contains(run.Task)));
    }

    [Fact]
    public async Task ACollaborationWithManyAskers_GetsNoMoreThanOneWithASingleOne()
    {
        var (many, one) = (await World.CollaborationAsync(), await World.CollaborationAsync());
        var node = await World.NodeAsync(many, one);
        for (var i = 0; i < 5; i++)
        {
            await SubmitAsync(3, await World.AskerAsync(many), many, node);
        }

        await SubmitAsync(6, await World.AskerAsync(one), one, node);

        var order = await OneByOneAsync(node, 12);

        Assert.Equal(6, order.Count(run => run.Collaboration == one));
    }

    [Fact]
    public async Task OneLargeClaim_IsSharedOutLikeManySmallOnes()
    {
        var (busy, quiet) = (await World.CollaborationAsync(), await World.CollaborationAsync());
        var node = await World.NodeAsync(busy, quiet);
        await SubmitAsync(20, await World.AskerAsync(busy), busy, node);
        await SubmitAsync(3, await World.AskerAsync(quiet), quiet, node);

        var claimed = await World.ClaimAsync(node, 8);

        Assert.Equal(8, claimed.Count);
        Assert.Equal(3, claimed.Count(run => run.Collaboration == quiet));
    }

    [Fact]
    public async Task TheRunsOfOneAsker_GoByAge()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var tasks = await SubmitAsync(5, await World.AskerAsync(collaboration), collaboration, node);

        var order = await OneByOneAsync(node, 5);

        Assert.Equal(tasks, order.Select(run => run.Task));
    }

    private async Task<List<TaskId>> SubmitAsync(int count, Asker asker, CollaborationId collaboration, WorkingNode node)
    {
        var tasks = new List<TaskId>();
        for (var i = 0; i < count; i++)
        {
            var task = World.TaskFor(asker, collaboration, [node]);
            var target = task.Manifest.Targets[0] with { Run = RunId.From(Later()) };
            await World.CreateAsync(task with { Manifest = task.Manifest with { Targets = [target] } });
            tasks.Add(task.Manifest.Task);
        }

        return tasks;
    }

    /// <summary>Ids of one millisecond have no order; these have.</summary>
    private Guid Later() => Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddYears(56).AddSeconds(++minted));

    private int minted;

    private async Task<List<OwnedRun>> OneByOneAsync(WorkingNode node, int count)
    {
        var claimed = new List<OwnedRun>();
        for (var i = 0; i < count; i++)
        {
            claimed.Add(Assert.Single(await World.ClaimAsync(node, 1)));
        }

        return claimed;
    }
}
