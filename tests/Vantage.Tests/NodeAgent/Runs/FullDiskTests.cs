using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Lifecycles;
using Vantage.Tests.NodeAgent.Doubles;

namespace Vantage.Tests.NodeAgent.Runs;

/// <summary>A full disk delays; it loses nothing and repeats nothing.</summary>
public sealed class FullDiskTests
{
    private readonly Alliance alliance = new();

    [Fact]
    public async Task FullWhileSealing_HoldsTheResultUntilThereIsRoom()
    {
        using var disk = new SmallDisk(8);
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url, root: disk.Root).StartAsync();
        node.Executor.Script = async (order, _, _) =>
        {
            var end = await ScriptedExecutor.SucceedAsync(order, new byte[100_000]);
            disk.Fill();
            return end;
        };

        var run = coordinator.State.Offer(alliance.Ask(alliance.Now));
        await node.EventuallyAsync(() => node.Log.Any(line => line.Contains("Nothing is lost")), "the trouble is told");
        Assert.Equal(RunStage.Claimed, node.Book[run.Question.Run]!.Stage);
        disk.Free();
        await node.EventuallyAsync(() => run.State.HasEnded, "the run ends");

        Assert.Equal(RunOutcome.Succeeded, run.State.Outcome);
        Assert.Equal(1, node.Executor.Begun[run.Question.Run]);
    }

    [Fact]
    public async Task FullWhileClaiming_IsAsIfItHadNotBeenHandedOver()
    {
        using var disk = new SmallDisk(8);
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = await new TestNode(alliance, coordinator.Url, root: disk.Root).StartAsync();
        await node.EventuallyAsync(() => coordinator.State.IsJoined, "the node is linked");
        disk.Fill();

        var run = coordinator.State.Offer(alliance.Ask(alliance.Now));
        await node.EventuallyAsync(() => node.Log.Any(line => line.Contains("Nothing is lost")), "the trouble is told");
        Assert.Null(node.Book[run.Question.Run]);
        disk.Free();
        await node.EventuallyAsync(() => run.State.HasEnded, "the run ends");

        Assert.Equal(RunOutcome.Succeeded, run.State.Outcome);
        Assert.Equal(1, node.Executor.Begun[run.Question.Run]);
    }

    [Fact]
    public async Task LittleRoom_NothingIsClaimedUntilThereIsMore()
    {
        using var disk = new SmallDisk(8);
        await using var coordinator = await FakeCoordinator.StartAsync(alliance);
        await using var node = new TestNode(alliance, coordinator.Url, root: disk.Root);
        File.WriteAllText(node.Home.Settings, $"coordinator: {coordinator.Url}\nminimumFreeMiB: 2\n");
        await node.StartAsync();
        await node.EventuallyAsync(() => coordinator.State.IsJoined, "the node is linked");
        disk.Fill();

        var run = coordinator.State.Offer(alliance.Ask(alliance.Now));
        await node.EventuallyAsync(() => node.Log.Any(line => line.Contains("'minimumFreeMiB' in node.yaml")), "the trouble is told");
        Assert.Equal(RunPhase.Queued, run.State.Phase);
        disk.Free();
        await node.EventuallyAsync(() => run.State.HasEnded, "the run ends");

        Assert.Equal(1, node.Log.Count(line => line.Contains("'minimumFreeMiB' in node.yaml")));
    }
}
