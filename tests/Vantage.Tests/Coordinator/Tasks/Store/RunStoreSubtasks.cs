using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Coordinator.Tasks.Store;

public abstract class RunStoreSubtasks(StoreWorld world) : StoreSuite(world)
{
    [Theory]
    [InlineData(RunOutcome.Succeeded)]
    [InlineData(RunOutcome.Failed)]
    [InlineData(RunOutcome.Refused)]
    [InlineData(RunOutcome.Cancelled)]
    public async Task WhateverIsOpenOfAnEndedParent_IsCancelled_AndItsNodesAreNamed(RunOutcome how)
    {
        var (parent, subtask, central, target) = await AskAsync();
        var parentRun = Assert.Single(await World.ClaimAsync(central));
        var working = Assert.Single(await World.ClaimAsync(target));
        if (how == RunOutcome.Cancelled)
        {
            await World.Store.CancelAsync(parent.Key, "usr_test", World.Cancelled);
        }
        else
        {
            await World.CommitAsync(central, parentRun, how);
        }

        var swept = await World.Store.SweepAsync(World.Cancelled);
        var again = await World.Store.SweepAsync(World.Cancelled);

        Assert.Equal((1, 0), (swept.Orphaned, again.Orphaned));
        Assert.Equal([new StopWork(target.Node, new StopOrder(working.Run, 1, StopReason.Cancelled))], swept.Stop);
        Assert.Equal([parent.Key.Collaboration], swept.Moved);
        Assert.Equal(TaskOutcome.Cancelled, (await World.SeeAsync(subtask)).Outcome);
        Assert.Equal(CommitOutcome.Superseded, (await World.CommitAsync(target, working)).Outcome);
    }

    [Fact]
    public async Task SubtasksOfALostParent_EndWithIt()
    {
        var (_, subtask, central, _) = await AskAsync(LostNodePolicy.Fail);
        await World.ClaimAsync(central);

        await World.LapseOnlyAsync(central);
        await World.Store.SweepAsync(World.Cancelled);

        Assert.Equal(TaskOutcome.Cancelled, (await World.SeeAsync(subtask)).Outcome);
    }

    [Fact]
    public async Task WhileTheParentIsOpen_ItsSubtasksStay_AndWhatTheyEndedAsStays()
    {
        var (parent, subtask, central, target) = await AskAsync();
        await World.ClaimAsync(central);

        Assert.Equal(0, (await World.Store.SweepAsync(World.Cancelled)).Orphaned);
        await World.CommitAsync(target, Assert.Single(await World.ClaimAsync(target)));
        await World.Store.CancelAsync(parent.Key, "usr_test", World.Cancelled);

        Assert.Equal(0, (await World.Store.SweepAsync(World.Cancelled)).Orphaned);
        Assert.Equal(TaskOutcome.Succeeded, (await World.SeeAsync(subtask)).Outcome);
    }

    [Fact]
    public async Task ASubtask_IsThePersons_SignedByTheNode()
    {
        var (parent, subtask, central, _) = await AskAsync();

        var seen = await World.SeeAsync(subtask);

        Assert.Equal(parent.Asker with { Node = central.Node }, seen.Asker);
        Assert.Equal(parent.Asker.Turn, seen.Asker.Turn);
    }

    private async Task<(NewTask Parent, NewTask Subtask, WorkingNode Central, WorkingNode Target)> AskAsync(
        LostNodePolicy lostNode = LostNodePolicy.Wait)
    {
        var collaboration = await World.CollaborationAsync();
        var (central, target) = (await World.NodeAsync(collaboration), await World.NodeAsync(collaboration));
        var asker = await World.AskerAsync(collaboration);
        var parent = await World.SubmitAsync(asker, collaboration, central, lostNode);
        var plain = World.TaskFor(asker with { Node = central.Node }, collaboration, [target], lostNode);
        var subtask = plain with { Manifest = plain.Manifest with { Parent = new ManifestParent(parent.Manifest.Task, parent.ManifestDigest) }, ParentJws = parent.Jws };
        Assert.IsType<CreateOutcome.Created>(await World.CreateAsync(subtask));
        return (parent, subtask, central, target);
    }
}
