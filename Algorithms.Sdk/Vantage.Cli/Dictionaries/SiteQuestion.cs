using System.CommandLine;
using Vantage.Algorithms.Dictionaries;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Cli.CommandLine;
using Vantage.Cli.Tasks;
using Vantage.Cli.Tasks.Asking;
using Vantage.Client.Federation;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Manifests;

namespace Vantage.Cli.Dictionaries;

/// <summary>A question about what data are like, whose answers stand for themselves: nothing is combined.</summary>
internal sealed class SiteQuestion
{
    private readonly TaskOptions options = new();

    public Symbol[] Options => [options.Collaboration, options.Organizations, options.Data, options.Dictionary, options.Purpose, options.Project, options.Lifetime];

    public Task<IReadOnlyList<DataRef>> ReadDataAsync(Invocation call, CancellationToken cancellationToken) => options.ReadDataAsync(call, null, cancellationToken);

    /// <param name="call">With whose options.</param>
    /// <param name="data">About what.</param>
    /// <param name="function">Of <c>dictionary</c>.</param>
    /// <param name="arguments">Of the function.</param>
    /// <param name="answered">A site's answer as a row.</param>
    /// <param name="silent">What stands for a site without one: its name, and why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<TRow>> AskAsync<TArguments, TResult, TRow>(Invocation call, IReadOnlyList<DataRef> data, PartialFunction<TArguments, TResult> function,
        TArguments arguments, Func<string, TResult, TRow> answered, Func<string, string, TRow> silent, CancellationToken cancellationToken)
    {
        var collaboration = await Lookup.CollaborationAsync(call.Client, options.ReadCollaboration(call), cancellationToken);
        var federation = await WireFederation.JoinAsync(call.Client, new WireFederationOptions
        {
            Collaboration = collaboration,
            Organizations = await options.ReadOrganizationsAsync(call, collaboration, cancellationToken),
            Data = data,
            Purpose = call.Value(options.Purpose),
            ProjectCode = call.Value(options.Project),
            Lifetime = options.ReadLifetime(call),
        }, cancellationToken);
        var progress = new RoundProgress(call.Output, TaskSelection.SiteNames(call));
        federation.OnProgress = progress.Show;
        var answers = await federation.RunAsync(DictionaryAlgorithm.Algorithm, function, arguments, cancellationToken);
        progress.Clear();
        return [.. answers.Select(answer => answer is SiteResult<TResult>.Succeeded { Value: var value } ? answered(answer.Site, value) : silent(answer.Site, answer.Why ?? "it gave no answer")),
            .. federation.NotAsked.Select(left => silent(left.Site, left.Why))];
    }

    /// <summary>Of a question of which so many sites have a problem.</summary>
    public static int ExitCode(int sites, int problems) => problems == 0 ? ExitCodes.Ok : problems < sites ? ExitCodes.Partial : ExitCodes.Failed;
}
