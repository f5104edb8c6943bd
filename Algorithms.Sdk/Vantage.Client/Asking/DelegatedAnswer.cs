using System.Text.Json;
using Vantage.Algorithms.Federations;
using Vantage.Client.Connection;
using Vantage.Client.Errors;
using Vantage.Client.Federation;
using Vantage.Client.Results;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Client.Asking;

/// <summary>
/// The answer of a central function that ran at a node: its result, and what the sites signed for the rounds that the node
/// asked in the person's name. That each round was within the delegation is verified here once more, by what was signed.
/// </summary>
internal sealed class DelegatedAnswer(VantageClient client)
{
    private readonly Func<Protocol.Ids.OrganizationId, string> names = client.SiteName;

    public async Task<Answer<JsonElement?>> ReadAsync(
        TaskView task, IReadOnlyList<UnaskedSite> notAsked, CancellationToken cancellationToken)
    {
        var run = task.Runs.Single();
        var read = await new SiteRunReader(client, names(run.Organization), 0)
            .ReadAsync(new ShownRun(task, run, null), AskingJson.Default.JsonElement, cancellationToken);
        var rounds = await RoundsAsync(task, cancellationToken);
        var receipts = await ReceiptsAsync(task, run, read.Receipt, rounds, cancellationToken);
        var asked = rounds.SelectMany(r => r.Runs).Select(r => r.Organization).Distinct().Select(names).ToList();
        var missing = Missing(rounds, names(run.Organization));
        var result = read.Result is SiteResult<JsonElement>.Succeeded { Value: var value } ? value : (JsonElement?)null;
        return new Answer<JsonElement?>(task.Id, task.Job, task.Outcome!.Value, task.Algorithm.Name, task.Algorithm.Text, result,
            SitesReport.Of(asked, missing, notAsked, result is not null, acceptedBeforehand: false), receipts, null)
        {
            Problem = read.Missing is { } why ? Problem(task, why, missing) : null,
        };
    }

    /// <summary>The tasks of the job that this one's node asked, in the order in which they were stored.</summary>
    private async Task<List<TaskView>> RoundsAsync(TaskView task, CancellationToken cancellationToken)
    {
        var rounds = new List<TaskView>();
        var path = Pages.WithQuery(Pages.WithQuery(Routes.Tasks, "collaboration", task.Collaboration.ToString()), "job", task.Job.ToString());
        await foreach (var other in Pages.WalkAsync(client.Rest, path, ProtocolJson.Default.PageTaskView, cancellationToken))
        {
            if (other.Id != task.Id)
            {
                rounds.Add(other);
            }
        }

        return [.. rounds.OrderBy(r => r.CreatedAt)];
    }

    private async Task<List<SiteReceipt>> ReceiptsAsync(
        TaskView task, RunView central, SiteReceipt? own, List<TaskView> rounds, CancellationToken cancellationToken)
    {
        if (own is null)
        {
            return [];
        }

        var parent = await client.VerifyAsync(task, central.Id, cancellationToken);
        var receipts = new List<SiteReceipt> { own };
        foreach (var (round, number) in rounds.Select((round, index) => (round, index + 1)))
        {
            foreach (var run in round.Runs.Where(r => r.Outcome is RunOutcome.Succeeded or RunOutcome.Failed or RunOutcome.Refused))
            {
                var proof = await client.VerifyAsync(round, run.Id, cancellationToken);
                Require(parent, proof, run);
                receipts.Add(new SiteReceipt(names(run.Organization), run.Id, round.Id, number,
                    proof.Receipt.Receipt.Outcome, proof.Receipt.OfJws, Verified: true));
            }
        }

        if (own.Outcome == RunOutcome.Succeeded)
        {
            RequireAll(parent, rounds);
        }

        return receipts;
    }

    /// <summary>A central function asks all the sites that were delegated to it, each time: a round cannot be left out unnoticed.</summary>
    private void RequireAll(RunProof parent, List<TaskView> rounds)
    {
        var delegated = (parent.Manifest.Delegation?.Targets ?? []).Select(target => target.Organization).Distinct().ToList();
        var unseen = delegated.Where(site => !rounds.Exists(round => round.Runs.Any(run => run.Organization == site))).ToList();
        if (unseen.Count > 0)
        {
            throw new VantageException(ClientErrorCodes.ReceiptUntrusted,
                $"The Coordinator shows no round that asked {string.Join(", ", unseen.Select(names))}, though {parent.Manifest.Task} "
                + "was signed for it and has a result.",
                "If it stays so, somebody may be hiding rounds: tell your Coordinator's admin.");
        }
    }

    private static void Require(RunProof parent, RunProof subtask, RunView run)
    {
        var beyond = DelegationRules.Check(
            parent.Manifest, parent.Receipt.Receipt.Manifest, subtask.Manifest, subtask.Asker.KeyId, earlierSiblings: 0);
        if (beyond.Count > 0)
        {
            throw new VantageException(ClientErrorCodes.ReceiptUntrusted,
                $"{run.Id} is listed as a round of this question and is none. {string.Join(' ', beyond)}",
                "Tell your Coordinator's admin: what it lists does not fit what was signed.");
        }
    }

    private List<MissingSite> Missing(List<TaskView> rounds, string at) =>
    [
        .. rounds.SelectMany(r => r.Runs).Where(r => r.Outcome != RunOutcome.Succeeded)
            .DistinctBy(r => r.Organization)
            .Select(r => new MissingSite(names(r.Organization), r.Code ?? (r.Outcome?.ToString() ?? "open").ToLowerInvariant(),
                $"its run ended as {(r.Outcome?.ToString() ?? "open").ToLowerInvariant()}; its reason is sealed for {at}, which asked it")),
    ];

    private static VantageException Problem(TaskView task, MissingSite why, List<MissingSite> missing) =>
        new(ClientErrorCodes.TaskFailed, $"The central function at {why.Site} gave no result: it {why.Why}",
            $"More: vantage task explain {task.Id}.")
        {
            Errors = missing.ToDictionary(site => site.Site, site => new[] { site.Why }),
        };
}
