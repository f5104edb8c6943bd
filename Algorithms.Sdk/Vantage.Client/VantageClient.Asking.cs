using System.Text.Json;
using Vantage.Algorithms.Functions;
using Vantage.Client.Asking;
using Vantage.Client.Errors;
using Vantage.Client.Federation;
using Vantage.Client.Tasks;
using Vantage.Protocol.Ids;

namespace Vantage.Client;

/// <summary>Whole questions: every round of them, and an answer that says whose rows it is over.</summary>
public sealed partial class VantageClient
{
    /// <summary>
    /// Runs an algorithm's central program in this process, its rounds at the sites, and gives the typed result with
    /// the sites and receipts it rests on. Where sites fail, <see cref="Answer{T}.Result"/> is null unless
    /// <see cref="WireFederationOptions.AcceptMissing"/> was said; <see cref="Answer{T}.Require"/> throws then.
    /// </summary>
    /// <param name="algorithm">A name in the signed catalogue, <c>name@version</c>, or a whole reference.</param>
    /// <param name="central">Its central function, such as <c>Summary.Central</c>.</param>
    /// <param name="arguments">Checked before anybody is asked.</param>
    /// <param name="options">Whom, over which data, with which limits.</param>
    /// <param name="cancellationToken">Cancels the round that runs.</param>
    /// <exception cref="VantageException">Nobody could be asked, or the Coordinator stayed out of reach.</exception>
    public async Task<Answer<TResult>> RunAsync<TArgs, TResult>(string algorithm,
        CentralFunction<TArgs, TResult> central, TArgs arguments, WireFederationOptions options,
        CancellationToken cancellationToken = default)
    {
        var question = await Question.PrepareAsync(this, algorithm,
            JsonSerializer.SerializeToElement(arguments, central.Arguments), options, cancellationToken);
        var answer = await question.RunAsync(central, arguments, cancellationToken);
        question.Keep(answer, result => JsonSerializer.SerializeToElement(result, central.Result));
        return answer;
    }

    /// <summary>
    /// What came of a task whose central function ran at a node (<see cref="TaskRequest.Delegation"/>): its result, and
    /// the sites and receipts it rests on, each verified to be within what the person signed.
    /// </summary>
    /// <param name="task">A settled task with a delegation.</param>
    /// <param name="notAsked">Members that could not be asked, as <see cref="SubmittedTask.NotAsked"/> said.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="VantageException">It has not settled, or what came back does not fit what was signed.</exception>
    public async Task<Answer<JsonElement?>> DelegatedAnswerAsync(TaskId task, IReadOnlyList<SiteNotAsked>? notAsked = null,
        CancellationToken cancellationToken = default)
    {
        var view = await GetTaskAsync(task, cancellationToken);
        return view.Outcome is not null
            ? await new DelegatedAnswer(this).ReadAsync(view,
                [.. (notAsked ?? []).Select(n => new UnaskedSite(n.Site, n.Why))], cancellationToken)
            : throw new VantageException(ClientErrorCodes.NothingThere, $"{task} is still open.",
                $"Wait for it (vantage task watch {task}), or see why (vantage task explain {task}).");
    }

    /// <summary>The name that the own organization pinned.</summary>
    internal string SiteName(OrganizationId organization) =>
        Keys.ReadPins(Rest.Time.GetUtcNow()).RootsOf(organization) is [var root, ..] ? root.Name : organization.ToString();
}
