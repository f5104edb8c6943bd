using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Coordinator.Tasks.Store;

public abstract class RunStoreClaims(StoreWorld world) : StoreSuite(world)
{
    [Fact]
    public async Task AClaim_HandsOverManifestInputAndTheFirstEpoch()
    {
        var (task, node) = await OneTaskAsync();

        var run = Assert.Single(await World.ClaimAsync(node));

        Assert.Equal((task.Manifest.Targets[0].Run, task.Manifest.Task, 1L), (run.Run, run.Task, run.Epoch));
        Assert.Equal(task.Jws, run.Manifest);
        Assert.Equal(task.InlineInputs.Values.Single(), run.Input);
        var seen = await World.SeeRunAsync(task);
        Assert.Equal((RunPhase.Leased, node.Node), (seen.State.Phase, seen.Holder));
    }

    [Fact]
    public async Task OneRun_IsHandedOutOnce_HoweverManyAskAtOnce()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var asker = await World.AskerAsync(collaboration);
        for (var i = 0; i < 30; i++)
        {
            await World.SubmitAsync(asker, collaboration, node);
        }

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => World.ClaimAsync(node, 3))));

        var runs = claims.SelectMany(claim => claim).Select(run => run.Run).ToList();
        Assert.Equal(30, runs.Count);
        Assert.Equal(30, runs.Distinct().Count());
        Assert.All(claims, claim => Assert.InRange(claim.Count, 0, 3));
    }

    [Fact]
    public async Task ANodeOfTheSameOrganizationThatIsNotNamed_GetsNothing()
    {
        var (_, node) = await OneTaskAsync();

        Assert.Empty(await World.ClaimAsync(await World.SisterAsync(node)));
    }

    [Fact]
    public async Task ANodeThatLeftTheCollaboration_GetsNothing()
    {
        var (_, node) = await OneTaskAsync();

        Assert.Empty(await World.ClaimAsync(node with { Collaborations = [] }));
    }

    [Theory]
    [InlineData(NodeMode.Paused)]
    [InlineData(NodeMode.Draining)]
    public async Task ANodeThatIsPausedOrDraining_ClaimsNothing_AndHearsOfNoWork(NodeMode mode)
    {
        var (_, node) = await OneTaskAsync();

        Assert.False((await World.SayAsync(node, mode)).WorkWaiting);

        Assert.Empty(await World.Store.ClaimAsync(new(node, 10), World.Cancelled));
        Assert.True((await World.SayAsync(node, NodeMode.Active)).WorkWaiting);
    }

    [Fact]
    public async Task ANodeWithoutARunningLease_ClaimsNothing()
    {
        var (_, node) = await OneTaskAsync();
        Assert.Empty(await World.Store.ClaimAsync(new(node, 10), World.Cancelled));
        await World.BeatAsync(node);

        await World.PassAsync(StoreWorld.Lease);

        Assert.Empty(await World.Store.ClaimAsync(new(node, 10), World.Cancelled));
    }

    [Fact]
    public async Task ARunIsHandedOut_NeitherBeforeNotBefore_NorAfterNotAfter()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var task = World.TaskFor(await World.AskerAsync(collaboration), collaboration, [node],
            notBefore: TimeSpan.FromMinutes(10), notAfter: TimeSpan.FromMinutes(20));
        await World.CreateAsync(task);

        Assert.Empty(await World.ClaimAsync(node));
        await World.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Empty(await World.ClaimAsync(node));
        Assert.False((await World.BeatAsync(node)).WorkWaiting);
    }

    [Fact]
    public async Task OnceNotBeforeHasCome_TheRunIsHandedOut()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        await World.SubmitAsync(await World.AskerAsync(collaboration), collaboration, node, notBefore: TimeSpan.FromMinutes(10));

        await World.PassAsync(TimeSpan.FromMinutes(11));

        Assert.Single(await World.ClaimAsync(node));
    }

    [Fact]
    public async Task AStandIn_ClaimsOnlyWhileTheNamedNodeIsAway()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var sister = await World.SisterAsync(node);
        var asker = await World.AskerAsync(collaboration);
        await World.SubmitAsync(asker, collaboration, node, LostNodePolicy.Retry, alternate: sister);
        await World.BeatAsync(node);

        Assert.Empty(await World.ClaimAsync(sister));
        await World.SayAsync(node, NodeMode.Paused);

        var run = Assert.Single(await World.ClaimAsync(sister));
        Assert.Equal($"sealed for {sister.Node}", System.Text.Encoding.UTF8.GetString(run.Input!));
    }

    private async Task<(Vantage.Coordinator.Tasks.Store.NewTask Task, Vantage.Coordinator.Tasks.Store.WorkingNode Node)> OneTaskAsync()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        return (await World.SubmitAsync(await World.AskerAsync(collaboration), collaboration, node), node);
    }
}
