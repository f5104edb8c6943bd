using Vantage.Coordinator.Access;
using Vantage.Coordinator.Hosting;
using Vantage.Coordinator.Realtime.Waking;
using Vantage.Coordinator.Tasks.Reading;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.TaskTypes;
using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Manifests;

namespace Vantage.Coordinator.Tasks.Submission;

/// <summary>A submitted task, stored now or before.</summary>
internal sealed record Submitted(TaskView View, bool IsNew);

/// <summary>
/// Takes a signed manifest in: may the caller ask, did the caller sign, does all that it names exist, are the inputs here.
/// Then it is stored in one step, and the nodes are told that there is work.
/// </summary>
internal sealed class SubmissionHandler(
    IRunStore store, TaskReader reader, CircleReader circles, InputCheck inputs, TaskTypeCatalogue types, Wakeups wakeups,
    TimeProvider time)
{
    public async Task<Answer<Submitted>> SubmitAsync(
        TaskId id, SubmitTask ask, UserCaller caller, CancellationToken cancellationToken)
    {
        var peeked = ManifestReader.Peek(ask.Manifest);
        if (peeked.Refusal is { } unreadable)
        {
            return unreadable;
        }

        var manifest = peeked.Value!;
        if (await JudgeAsync(id, ask, manifest, caller, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        var here = await inputs.CheckAsync(manifest, ask.Inputs, cancellationToken);
        if (here.Refusal is { } incomplete)
        {
            // A repeated request may come when its uploaded inputs are long gone: what is stored is stored.
            return incomplete.Code == ErrorCodes.PayloadMissing ? await RepeatedAsync(manifest, ask, caller, incomplete, cancellationToken) : incomplete;
        }

        var task = new NewTask(manifest, ask.Manifest, null, new Asker(caller.Organization!.Value, caller.User, null), here.Value!);
        Failpoint.Pass("task.checked");
        switch (await store.CreateAsync(task, cancellationToken))
        {
            case CreateOutcome.Created:
                Failpoint.Pass("task.stored");
                wakeups.NodesMayClaim(manifest.Targets.SelectMany(target => target.Alternates.Select(a => a.Node).Prepend(target.Node)));
                wakeups.Changed([manifest.Collaboration]);
                return new Submitted(await reader.ViewAsync(task.Key, cancellationToken), IsNew: true);
            case CreateOutcome.Exists:
                return new Submitted(await reader.ViewAsync(task.Key, cancellationToken), IsNew: false);
            case CreateOutcome.InputsMissing(var digests):
                return InputCheck.Missing(digests);
            default:
                return Conflict(manifest);
        }
    }

    private async Task<Refusal?> JudgeAsync(
        TaskId id, SubmitTask ask, TaskManifest manifest, UserCaller caller, CancellationToken cancellationToken)
    {
        if (manifest.Task != id)
        {
            return new Refusal(ErrorCodes.ManifestInvalid, $"task: the manifest is that of {manifest.Task}, and the address names {id}.");
        }

        if (ManifestRules.Check(manifest) is { Count: > 0 } malformed)
        {
            return Broken(malformed);
        }

        if (TaskRules.MaySubmit(caller, manifest.Collaboration) is { } no)
        {
            return no;
        }

        if (types.Find(manifest.Type) is not { } type)
        {
            return types.NotYet(manifest.Type);
        }

        if (manifest.Parent is not null || ask.ParentManifest is not null)
        {
            return new Refusal(ErrorCodes.NotYet, "parent: subtasks under a delegation are not served yet.");
        }

        var circle = await circles.ReadAsync(manifest.Collaboration, cancellationToken);
        var now = time.GetUtcNow();
        return ManifestReader.Verify(ask.Manifest, caller, circle, now)
            ?? (type.Check(manifest) is { Count: > 0 } unfit ? Broken(unfit) : null)
            ?? (ManifestFit.Check(manifest, circle, now) is { Count: > 0 } astray ? Broken(astray) : null);
    }

    private async Task<Answer<Submitted>> RepeatedAsync(
        TaskManifest manifest, SubmitTask ask, UserCaller caller, Refusal otherwise, CancellationToken cancellationToken) =>
        await reader.FindAsync(manifest.Task, caller, cancellationToken) is { } stored
            && stored.ManifestDigest == Protocol.Cryptography.Digest.OfText(ask.Manifest)
            ? new Submitted(Views.TaskViews.Of(stored), IsNew: false)
            : otherwise;

    private static Refusal Conflict(TaskManifest manifest) => new(ErrorCodes.ManifestConflict,
        $"The id {manifest.Task}, or one of its runs', belongs to another manifest. Mint new ids for another question.");

    private static Refusal Broken(IReadOnlyList<string> sentences) => new(ErrorCodes.ManifestInvalid,
        $"The manifest does not fit: {string.Join(" ", sentences.Take(20))}",
        sentences.Take(100).Select(sentence => sentence.Split(": ", 2)).GroupBy(parts => parts[0], parts => parts[^1])
            .ToDictionary(group => group.Key, group => group.ToArray()));
}
