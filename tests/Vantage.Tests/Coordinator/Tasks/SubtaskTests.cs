using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Coordinator.Hosting;

namespace Vantage.Tests.Coordinator.Tasks;

/// <summary>What a node may ask in a person's name, and who may read what comes of it.</summary>
public sealed class SubtaskTests(RunningCoordinator coordinator) : IClassFixture<RunningCoordinator>
{
    [Fact]
    public async Task ASubtaskWithin_IsStoredInThePersonsName_ClaimedWithItsParent_AndReadByTheNodeThatAsked()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var (world, _) = await Subtask.RunningAsync(partners);
        var subtask = await world.AskAsync();
        var (node, other) = (await partners.Sites[0].RestAsync(), await partners.Sites[1].RestAsync());

        var stored = await node.PutAsync<TaskView>(subtask.Path, world.Body(subtask));
        var again = await node.PutAsync<TaskView>(subtask.Path, world.Body(subtask));
        await using var line = await partners.Sites[1].ConnectAsync();
        await line.ReconcileAsync();
        var claim = Assert.Single(await line.ClaimAsync());
        var end = subtask.End(claim, partners.Sites[1], partners.Ada);
        await line.CommitAsync(end);
        var settled = await node.GetAsync<TaskView>($"{subtask.Path}?wait=20");

        Assert.Equal(((UserId?)partners.Ada.Id, partners.Asking.Id), (stored.Requester, stored.RequesterOrganization));
        Assert.Equal(stored.Id, again.Id);
        Assert.Equal(world.Parent.Jws, claim.ParentManifest);
        Assert.Equal(TaskOutcome.Succeeded, settled.Outcome);
        Assert.Equal(settled.Id, (await partners.Ada.Http.GetAsync<TaskView>(subtask.Path)).Id);
        Assert.Equal(end.Receipt, (await node.GetAsync<RunEvidence>($"{Routes.Runs}/{subtask.Run}/evidence")).Receipt);
        Assert.Equal(end.Payloads[0].Inline, await node.Http.GetByteArrayAsync(
            new Uri($"{Routes.Runs}/{subtask.Run}/payloads/result", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCodes.NotFound, (await other.RefusedAsync(HttpMethod.Get, subtask.Path)).Code);
        Assert.Equal(ErrorCodes.NotFound, (await other.RefusedAsync(HttpMethod.Get, $"{Routes.Runs}/{subtask.Run}/payloads/result")).Code);
        Assert.Equal(ErrorCodes.NotFound, (await node.RefusedAsync(HttpMethod.Get, world.Parent.Path)).Code);
    }

    public static TheoryData<string> Widenings =>
        ["function", "data", "algorithm", "job", "key", "recipient", "resources", "lost node", "not after", "delegates", "parent"];

    [Theory]
    [MemberData(nameof(Widenings))]
    public async Task ASubtaskThatReachesForMore_IsNotStored(string how)
    {
        var partners = await Partnership.FormAsync(coordinator);
        var (world, _) = await Subtask.RunningAsync(partners);
        var subtask = await world.AskAsync(manifest => Widen(manifest, how, world, partners));
        var node = await partners.Sites[0].RestAsync();

        var refused = await node.RefusedAsync(HttpMethod.Put, subtask.Path, world.Body(subtask));

        Assert.Contains(refused.Code, new[] { ErrorCodes.DelegationExceeded, ErrorCodes.DelegationMissing, ErrorCodes.ManifestInvalid });
        Assert.Equal(ErrorCodes.NotFound, (await partners.Ada.Http.RefusedAsync(HttpMethod.Get, subtask.Path)).Code);
    }

    [Fact]
    public async Task AnotherNode_AnUnclaimedRun_AnUnknownParent_AndAPerson_AreRefused()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var (node, other) = (await partners.Sites[0].RestAsync(), await partners.Sites[1].RestAsync());
        var unknown = Subtask.Of(partners);
        var forged = await unknown.AskAsync();
        var neverStored = await node.RefusedAsync(HttpMethod.Put, forged.Path, unknown.Body(forged));
        await unknown.Parent.SubmitAsync(partners);
        var unclaimed = await node.RefusedAsync(HttpMethod.Put, forged.Path, unknown.Body(forged));
        var (world, _) = await Subtask.RunningAsync(await Partnership.FormAsync(coordinator));
        var theirs = await unknown.AskAsync(signer: partners.Sites[1]);
        var notHeld = await other.RefusedAsync(HttpMethod.Put, theirs.Path, unknown.Body(theirs));
        var swapped = await node.RefusedAsync(HttpMethod.Put, forged.Path, new SubmitTask(forged.Jws, forged.Inputs, world.Parent.Jws));
        var asPerson = forged with { Jws = Question.Sign(forged.Manifest, partners.Ada) };
        var person = await partners.Ada.Http.RefusedAsync(HttpMethod.Put, forged.Path, unknown.Body(asPerson));
        var stolen = await other.RefusedAsync(HttpMethod.Put, forged.Path, unknown.Body(forged));

        Assert.Equal([ErrorCodes.DelegationMissing, ErrorCodes.DelegationMissing, ErrorCodes.DelegationMissing],
            new[] { neverStored.Code, unclaimed.Code, notHeld.Code });
        Assert.Equal([ErrorCodes.ManifestInvalid, ErrorCodes.ManifestInvalid, ErrorCodes.SignatureInvalid],
            new[] { swapped.Code, person.Code, stolen.Code });
    }

    [Fact]
    public async Task ADelegation_IsUsedUpByItsTasks_AndARepetitionIsNone()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var (world, _) = await Subtask.RunningAsync(partners, maxTasks: 1);
        var (first, second) = (await world.AskAsync(), await world.AskAsync());
        var node = await partners.Sites[0].RestAsync();

        await node.PutAsync<TaskView>(first.Path, world.Body(first));
        await node.PutAsync<TaskView>(first.Path, world.Body(first));
        var refused = await node.RefusedAsync(HttpMethod.Put, second.Path, world.Body(second));

        Assert.Equal(ErrorCodes.DelegationExceeded, refused.Code);
        Assert.Contains("used up", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancellingTheParent_CancelsItsSubtasks_AndNoneComesAfter()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var (world, _) = await Subtask.RunningAsync(partners);
        var (subtask, late) = (await world.AskAsync(), await world.AskAsync());
        var node = await partners.Sites[0].RestAsync();
        await node.PutAsync<TaskView>(subtask.Path, world.Body(subtask));

        await partners.Ada.Http.PostAsync<TaskView>($"{world.Parent.Path}/cancel", new StringContent(""));
        var ended = await node.GetAsync<TaskView>($"{subtask.Path}?wait=30");

        Assert.Equal(TaskOutcome.Cancelled, ended.Outcome);
        Assert.Equal(ErrorCodes.DelegationMissing, (await node.RefusedAsync(HttpMethod.Put, late.Path, world.Body(late))).Code);
    }

    [Fact]
    public async Task ADelegationToAnotherKeyThanTheTargets_IsNotStored()
    {
        var partners = await Partnership.FormAsync(coordinator);
        var parent = Subtask.Of(partners).Parent;
        var right = parent.Manifest;
        var wrong = right with { Delegation = right.Delegation! with { DelegateKey = partners.Sites[1].Signing.KeyId } };
        var question = new Question(wrong, Question.Sign(wrong, partners.Ada), parent.Inputs);

        var refused = await partners.Ada.Http.RefusedAsync(HttpMethod.Put, question.Path, question.Body);

        Assert.Equal(ErrorCodes.ManifestInvalid, refused.Code);
        Assert.Contains("delegation.delegateKey", refused.Detail, StringComparison.Ordinal);
    }

    private static TaskManifest Widen(TaskManifest subtask, string how, Subtask world, Partnership partners) => how switch
    {
        "function" => subtask with { Function = "raw" },
        "data" => subtask with { Data = [subtask.Data[0] with { Id = "salaries" }] },
        "algorithm" => subtask with { Algorithm = AlgorithmRef.Parse("builtin:other@1+sha256:" + new string('b', 64)) },
        "job" => subtask with { Job = JobId.New(TimeProvider.System) },
        "key" => subtask with { Targets = [subtask.Targets[0] with { EncryptionKey = partners.Sites[0].Encryption.KeyId }] },
        "recipient" => subtask with { Recipients = world.Parent.Manifest.Recipients },
        "resources" => subtask with { Resources = subtask.Resources with { TimeSeconds = subtask.Resources.TimeSeconds + 1 } },
        "lost node" => subtask with { LostNode = LostNodePolicy.Retry },
        "not after" => subtask with { NotAfter = subtask.NotAfter.AddSeconds(1) },
        "delegates" => subtask with { Delegation = world.Parent.Manifest.Delegation },
        "parent" => subtask with { Parent = subtask.Parent! with { Task = TaskId.New(TimeProvider.System) } },
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };
}
