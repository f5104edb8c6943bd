using Vantage.Coordinator.Access;
using Vantage.Coordinator.Access.Permissions;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Realtime.Waking;
using Vantage.Coordinator.Tasks.Reading;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.TaskTypes;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;
using Vantage.Protocol.Signatures;

namespace Vantage.Coordinator.Tasks.Submission;

/// <summary>A submitted task, stored now or before.</summary>
internal sealed record Submitted(TaskView View, bool IsNew);

/// <summary>
/// Takes a signed manifest in: may the caller ask, did the caller sign, does all that it names exist, are the inputs here.
/// Then it is stored in one step, and the nodes are told that there is work.
/// </summary>
internal sealed class SubmissionHandler(
    IRunStore store, TaskReader reader, CircleReader circles, InputCheck inputs, TaskTypeCatalogue types,
    SubtaskJudge subtasks, Wakeups wakeups, TimeProvider time)
{
    public async Task<Answer<Submitted>> SubmitAsync(
        TaskId id, SubmitTask ask, Caller caller, CancellationToken cancellationToken)
    {
        var peeked = ManifestReader.Peek(ask.Manifest);
        if (peeked.Refusal is { } unreadable)
        {
            return unreadable;
        }

        var manifest = peeked.Value!.Value;
        var judged = await JudgeAsync(id, ask, peeked.Value, caller, cancellationToken);
        if (judged.Refusal is { } refusal)
        {
            return refusal;
        }

        var here = await inputs.CheckAsync(manifest, ask.Inputs, cancellationToken);
        if (here.Refusal is { } incomplete)
        {
            // A repeated request may come when its uploaded inputs are long gone: what is stored is stored.
            return incomplete.Code == ErrorCodes.PayloadMissing ? await RepeatedAsync(manifest, ask, caller, incomplete, cancellationToken) : incomplete;
        }

        var task = new NewTask(manifest, ask.Manifest, ask.ParentManifest, judged.Value!, here.Value!);
        Failpoint.Pass("task.checked");
        switch (await store.CreateAsync(task, cancellationToken))
        {
            case CreateOutcome.Created(var stored):
                Failpoint.Pass("task.stored");
                wakeups.NodesMayClaim(manifest.Targets.SelectMany(target => target.Alternates.Select(a => a.Node).Prepend(target.Node)));
                wakeups.Changed([manifest.Collaboration]);
                return new Submitted(Views.TaskViews.Of(stored), IsNew: true);
            case CreateOutcome.Exists(var stored):
                return new Submitted(Views.TaskViews.Of(stored), IsNew: false);
            case CreateOutcome.InputsMissing(var digests):
                return InputCheck.Missing(digests);
            default:
                return Conflict(manifest);
        }
    }

    private async Task<Answer<Asker>> JudgeAsync(
        TaskId id, SubmitTask ask, UnverifiedDocument<TaskManifest> read, Caller caller, CancellationToken cancellationToken)
    {
        var manifest = read.Value;
        if (manifest.Task != id)
        {
            return new Refusal(ErrorCodes.ManifestInvalid, $"task: the manifest is that of {manifest.Task}, and the address names {id}.");
        }

        if (ManifestRules.Check(manifest) is { Count: > 0 } malformed)
        {
            return Broken(malformed);
        }

        if (MaySubmit(caller, manifest.Collaboration) is { } no)
        {
            return no;
        }

        if (types.Find(manifest.Type) is not { } type)
        {
            return types.NotYet(manifest.Type);
        }

        if (ParentMisfit(manifest, ask, caller) is { } misfit)
        {
            return misfit;
        }

        var circle = await circles.ReadAsync(manifest.Collaboration, cancellationToken);
        var now = time.GetUtcNow();
        var (organization, principal) = Signer(caller);
        var signed = ManifestReader.Verify(read, organization, principal, circle, now);
        if (signed.Refusal is { } unsigned)
        {
            return unsigned;
        }

        if (type.Check(manifest) is { Count: > 0 } unfit)
        {
            return Broken(unfit);
        }

        if (ManifestFit.Check(manifest, circle, now) is { Count: > 0 } astray)
        {
            return Broken(astray);
        }

        return caller switch
        {
            NodeCaller node => await subtasks.JudgeAsync(manifest, signed.Value, node, cancellationToken),
            UserCaller user => new Asker(organization, user.User, null),
            _ => throw new InvalidOperationException($"Nobody asks as {caller.GetType().Name}."),
        };
    }

    private static (OrganizationId Organization, Principal Principal) Signer(Caller caller) => caller switch
    {
        UserCaller user => (user.Organization!.Value, new Principal.User(user.User)),
        NodeCaller node => (node.Organization, new Principal.Node(node.Node)),
        _ => throw new InvalidOperationException($"Nobody asks as {caller.GetType().Name}."),
    };

    /// <summary>
    /// People within their collaborations. Nodes too: that what they ask is within a delegation to them is judged with the
    /// manifest.
    /// </summary>
    private static Refusal? MaySubmit(Caller caller, CollaborationId collaboration) =>
        caller.Collaborations.Contains(collaboration)
            ? caller.Judge(Resource.Task, Operation.Create, Whose.Of(collaboration) with { Node = (caller as NodeCaller)?.Node })
            : Refusal.NotFound(collaboration);

    /// <summary>Nodes ask subtasks, which come with their parent since targets need it; people ask everything else.</summary>
    private static Refusal? ParentMisfit(TaskManifest manifest, SubmitTask ask, Caller caller) => (caller, manifest.Parent, ask.ParentManifest) switch
    {
        (UserCaller, null, null) => null,
        (UserCaller, _, _) => new Refusal(ErrorCodes.ManifestInvalid,
            "parent: a person's own task has none; subtasks are signed by the node that was delegated to."),
        (_, null, _) => Refusal.Forbidden("Nodes submit only subtasks of a run that they hold; this manifest names no parent."),
        (_, { } named, { } jws) when named.Manifest == Digest.OfText(jws) => null,
        _ => new Refusal(ErrorCodes.ManifestInvalid, "parentManifest: give the signed manifest whose digest stands under parent."),
    };

    private async Task<Answer<Submitted>> RepeatedAsync(
        TaskManifest manifest, SubmitTask ask, Caller caller, Refusal otherwise, CancellationToken cancellationToken) =>
        await reader.FindAsync(manifest.Task, caller, cancellationToken) is { } stored
            && stored.ManifestDigest == Digest.OfText(ask.Manifest)
            ? new Submitted(Views.TaskViews.Of(stored), IsNew: false)
            : otherwise;

    private static Refusal Conflict(TaskManifest manifest) => new(ErrorCodes.ManifestConflict,
        $"The id {manifest.Task}, or one of its runs', belongs to another manifest. Mint new ids for another question.");

    private static Refusal Broken(IReadOnlyList<string> sentences) => new(ErrorCodes.ManifestInvalid,
        $"The manifest does not fit: {string.Join(" ", sentences.Take(20))}",
        sentences.Take(100).Select(sentence => sentence.Split(": ", 2)).GroupBy(parts => parts[0], parts => parts[^1])
            .ToDictionary(group => group.Key, group => group.ToArray()));
}
