using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Crosstabs;

/// <summary>
/// Counts of one to three categories over the rows of all sites, with tests of independence, in two rounds: the sites agree on
/// levels, then each returns the count of each cell.
/// </summary>
public static class Crosstab
{
    /// <summary>The first round at a site: the levels of each column, and its rows with and without missing values.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a column is missing or has too many levels.</remarks>
    public static PartialFunction<LevelsArguments, LevelsPartial> Levels { get; } = Function.Partial(
        "levels",
        "The levels of one to three columns at one site.",
        StatisticsJson.Default.LevelsArguments,
        StatisticsJson.Default.LevelsPartial,
        (context, arguments, data, cancellationToken) => CrosstabAtSite.LevelsAsync(arguments, data.Single, context.Disclosure, cancellationToken));

    /// <summary>The second round at a site: how many rows each combination of the agreed levels has.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where the data are others than in the first round.</remarks>
    public static PartialFunction<CountsArguments, CountsPartial> Partial { get; } = Function.Partial(
        "partial",
        "Counts of the combinations of levels at one site.",
        StatisticsJson.Default.CountsArguments,
        StatisticsJson.Default.CountsPartial,
        (context, arguments, data, cancellationToken) => CrosstabAtSite.CountsAsync(arguments, data.Single, context.Disclosure, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<CrosstabArguments, CrosstabResult> Central { get; } = Function.Central(
        "central",
        "Counts of one to three categories over all sites, with tests of independence.",
        StatisticsJson.Default.CrosstabArguments,
        StatisticsJson.Default.CrosstabResult,
        RunAsync);

    /// <summary><c>crosstab</c>: what the tables are is in <see cref="CrosstabResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "crosstab",
        "1.0.0",
        "Contingency tables of one to three columns.",
        typeof(Crosstab).Assembly,
        Levels,
        Partial,
        Central) { Warm = true };

    private static async Task<CrosstabResult> RunAsync(
        IFederation federation, CrosstabArguments arguments, CancellationToken cancellationToken)
    {
        var variables = arguments.Variables;
        var asked = new LevelsArguments(variables, arguments.IncludeMissing);
        var levels = (await federation.RunAsync(Algorithm, Levels, asked, cancellationToken)).All();

        // A site that lacks the levels that are words takes the others for numbers.
        if (CrosstabCombine.Mixed(variables, levels) is { Count: > 0 } mixed)
            levels = (await federation.RunAsync(Algorithm, Levels, asked with { Texts = mixed }, cancellationToken)).All();
        var agreed = CrosstabCombine.Agree(variables, levels);
        var partials = await federation.RunAsync(Algorithm, Partial, agreed.Question, cancellationToken);
        return CrosstabCombine.Combine(agreed, partials.All());
    }
}
