using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Client;
using Vantage.Client.Errors;
using Vantage.Client.Federation;
using Vantage.Protocol.Api;

namespace Vantage.Cli.Tasks.Reading;

/// <summary>
/// A federation that was asked before: it answers one round from a settled task, so that an algorithm of a single round
/// can be put together long after its partials came in.
/// </summary>
internal sealed class AnsweredRound(VantageClient client, TaskView task, IReadOnlyList<(RunView Run, string Site)> runs)
    : IFederation
{
    private bool answered;

    public IReadOnlyList<string> Sites { get; } = [.. runs.Select(r => r.Site)];

    public async Task<IReadOnlyList<SiteResult<TResult>>> RunAsync<TArgs, TResult>(Algorithm algorithm,
        PartialFunction<TArgs, TResult> function, TArgs arguments, CancellationToken cancellationToken)
    {
        if (answered || function.Name != task.Function)
        {
            throw new VantageException(ClientErrorCodes.NothingThere,
                $"{algorithm.Name} needs more rounds than the one that {task.Id} was.",
                "Ask with --wait, so that its program can ask again as it goes.");
        }

        answered = true;
        var results = new List<SiteResult<TResult>>();
        foreach (var (run, site) in runs)
        {
            results.Add(await SiteResultReader.ReadAsync(client, site, run, function.Result, cancellationToken));
        }

        return results;
    }
}
