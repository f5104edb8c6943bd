using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Coordinator.Tasks.Store;

public abstract class RunStoreCreation(StoreWorld world) : StoreSuite(world)
{
    [Fact]
    public async Task ANewTask_IsStoredWithARunPerTarget_AllQueued()
    {
        var collaboration = await World.CollaborationAsync();
        var nodes = new[] { await World.NodeAsync(collaboration), await World.NodeAsync(collaboration) };
        var task = World.TaskFor(await World.AskerAsync(collaboration), collaboration, nodes);

        Assert.IsType<CreateOutcome.Created>(await World.CreateAsync(task));

        var seen = await World.SeeAsync(task);
        Assert.Null(seen.Outcome);
        Assert.Equal(task.ManifestDigest, seen.ManifestDigest);
        Assert.Equal(task.Asker, seen.Asker);
        Assert.Equal(nodes.Select(node => node.Node).ToHashSet(), seen.Runs.Select(run => run.Node).ToHashSet());
        Assert.All(seen.Runs, run => Assert.Equal((RunPhase.Queued, 0L), (run.State.Phase, run.State.Epoch)));
        Assert.All(seen.Runs, run => Assert.Equal(PayloadKind.Input, Assert.Single(run.Payloads).Kind));
    }

    [Fact]
    public async Task WhatIsAnsweredAboutANewTask_IsWhatReadingItSays()
    {
        var collaboration = await World.CollaborationAsync();
        var (paused, unseen) = (await World.NodeAsync(collaboration), await World.NodeAsync(collaboration));
        await World.SayAsync(paused, NodeMode.Paused);
        var task = World.TaskFor(await World.AskerAsync(collaboration), collaboration, [paused, unseen, paused], LostNodePolicy.Retry,
            alternate: await World.SisterAsync(unseen));

        var answered = Assert.IsType<CreateOutcome.Created>(await World.CreateAsync(task)).Task;

        var read = await World.SeeAsync(task);
        Assert.Equal(read with { Now = default, Runs = [] }, answered with { Now = default, Runs = [] });
        Assert.Equal(read.Runs.Select(run => run with { Payloads = [] }), answered.Runs.Select(run => run with { Payloads = [] }));
        Assert.All(read.Runs.Zip(answered.Runs), run =>
            Assert.Equal(run.First.Payloads.ToHashSet(), run.Second.Payloads.ToHashSet()));
    }

    [Fact]
    public async Task TheSameTaskTwice_IsOneTask()
    {
        var collaboration = await World.CollaborationAsync();
        var task = World.TaskFor(await World.AskerAsync(collaboration), collaboration, [await World.NodeAsync(collaboration)]);

        Assert.IsType<CreateOutcome.Created>(await World.CreateAsync(task));
        Assert.IsType<CreateOutcome.Exists>(await World.CreateAsync(task));

        await World.SeeRunAsync(task);
    }

    [Fact]
    public async Task TheSameIdWithAnotherManifest_IsAConflict_AndChangesNothing()
    {
        var collaboration = await World.CollaborationAsync();
        var task = World.TaskFor(await World.AskerAsync(collaboration), collaboration, [await World.NodeAsync(collaboration)]);
        await World.CreateAsync(task);

        var other = new NewTask(task.Manifest, task.Jws + "'", null, task.Asker, task.InlineInputs);
        Assert.IsType<CreateOutcome.Conflict>(await World.CreateAsync(other));

        Assert.Equal(task.ManifestDigest, (await World.SeeAsync(task)).ManifestDigest);
    }

    [Fact]
    public async Task ATaskOfAnotherCollaborationWithTheSameId_IsAConflict_AndStaysUnseen()
    {
        var (mine, other) = (await World.CollaborationAsync(), await World.CollaborationAsync());
        var node = await World.NodeAsync(mine, other);
        var task = await World.SubmitAsync(await World.AskerAsync(mine), mine, node);

        var copy = task with { Manifest = task.Manifest with { Collaboration = other } };
        Assert.IsType<CreateOutcome.Conflict>(await World.CreateAsync(copy));

        Assert.Null(await World.Store.FindAsync(copy.Key, World.Cancelled));
    }

    [Fact]
    public async Task ARunIdThatIsTaken_IsAConflict_AndStoresNothing()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var asker = await World.AskerAsync(collaboration);
        var first = await World.SubmitAsync(asker, collaboration, node);
        var second = World.TaskFor(asker, collaboration, [node]);

        var thief = second with { Manifest = second.Manifest with { Targets = first.Manifest.Targets } };
        Assert.IsType<CreateOutcome.Conflict>(await World.CreateAsync(thief));

        Assert.Null(await World.Store.FindAsync(thief.Key, World.Cancelled));
    }

    [Fact]
    public async Task AnInputThatIsNeitherInlineNorUploaded_IsNamed_AndOnceUploadedTheTaskIsStored()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var task = World.TaskFor(await World.AskerAsync(collaboration), collaboration, [node]);
        var input = task.Manifest.Targets[0].Input;
        var without = task with { InlineInputs = new Dictionary<Digest, byte[]>() };

        var missing = Assert.IsType<CreateOutcome.InputsMissing>(await World.CreateAsync(without));
        Assert.Equal([input.Digest], missing.Digests);
        await World.AddBlobAsync(collaboration, input.Digest, input.Size);

        Assert.IsType<CreateOutcome.Created>(await World.CreateAsync(without));
        Assert.Null(Assert.Single(await World.ClaimAsync(node)).Input);
    }

    [Fact]
    public async Task ManyAtOnce_AreStoredOnceEach()
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var asker = await World.AskerAsync(collaboration);
        var tasks = Enumerable.Range(0, 20).Select(_ => World.TaskFor(asker, collaboration, [node])).ToList();

        var outcomes = await Task.WhenAll(tasks.Concat(tasks).Concat(tasks).Select(World.CreateAsync));

        Assert.Equal(20, outcomes.Count(outcome => outcome is CreateOutcome.Created));
        Assert.Equal(40, outcomes.Count(outcome => outcome is CreateOutcome.Exists));
    }
}
