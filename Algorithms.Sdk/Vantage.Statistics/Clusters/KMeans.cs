using Vantage.Algorithms;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Products;

namespace Vantage.Statistics.Clusters;

/// <summary>
/// k-means over the rows of all sites: in each round every site returns how many rows are nearest to each centre, with their sums.
/// All starts go through the same rounds.
/// </summary>
public static class KMeans
{
    /// <summary>A round at a site: for each start and centre the nearest rows' count, sums and squared distances.</summary>
    public static PartialFunction<KMeansStep, KMeansPartial> Partial { get; } = Function.Partial(
        "partial",
        "Counts and sums of the rows that are nearest to each centre at one site.",
        StatisticsJson.Default.KMeansStep,
        StatisticsJson.Default.KMeansPartial,
        (context, step, data, cancellationToken) =>
            KMeansAtSite.ComputeAsync(step, data.Single, context.Disclosure, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers in every round.</remarks>
    public static CentralFunction<KMeansArguments, KMeansResult> Central { get; } = Function.Central(
        "central",
        "Clusters of rows over all sites, by Lloyd's algorithm.",
        StatisticsJson.Default.KMeansArguments,
        StatisticsJson.Default.KMeansResult,
        RunAsync);

    /// <summary><c>kmeans</c>: what is told is in <see cref="KMeansResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "kmeans",
        "1.0.0",
        "Clusters of rows by k-means.",
        typeof(KMeans).Assembly,
        ColumnProducts.Partial,
        Partial,
        Central) { Warm = true };

    private static async Task<KMeansResult> RunAsync(
        IFederation federation, KMeansArguments arguments, CancellationToken cancellationToken)
    {
        var runs = (await StartsAsync(federation, arguments, cancellationToken)).Select(s => new KMeansRun(s)).ToList();
        IReadOnlyList<SiteValue<KMeansPartial>> partials = [];
        var held = new Dictionary<string, Suppressed>(StringComparer.Ordinal);
        while (runs.Where(r => !r.IsOver).ToList() is { Count: > 0 } going)
        {
            var step = new KMeansStep(arguments.Columns, [.. going.Select(r => r.Centres)]);
            var answers = (await federation.RunAsync(Algorithm, Partial, step, cancellationToken)).All();
            foreach (var answer in answers)
            {
                KMeansCheck.ThrowIfImpossible(answer, going, arguments.Columns.Count);
                foreach (var own in answer.Value.Suppressed.Where(s => s.Values > (held.GetValueOrDefault(answer.Site)?.Values ?? 0)))
                    held[answer.Site] = own;
            }

            KMeansCheck.ThrowIfChanged(partials, answers);
            partials = answers;
            for (var i = 0; i < going.Count; i++)
                going[i].Take([.. partials.Select(p => p.Value.Starts[i])], arguments.MaxIterations);
        }

        var best = runs.Where(r => !r.IsEmpty).OrderBy(r => r.Converged ? 0 : 1).ThenBy(r => r.Inertia).FirstOrDefault()
            ?? throw new DataInvalidException("A cluster is left without rows, or with fewer at each site than its disclosure rules let it"
                + " speak of: ask for fewer clusters, or start from other centres." + string.Concat(held.Select(h => " " + h.Value.Note(h.Key))));
        return Result(arguments, best, runs.Count, partials, [.. held.Select(h => h.Value.Note(h.Key))]);
    }

    private static async Task<IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>>> StartsAsync(
        IFederation federation, KMeansArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Centres is { } given)
            return [given];
        var pooled = await PooledProducts.AskAsync(federation, Algorithm, arguments.Columns, cancellationToken);
        return KMeansStarts.Draw(pooled, arguments.Columns.Count, arguments.Count, arguments.Starts, arguments.Seed);
    }

    private static KMeansResult Result(
        KMeansArguments arguments, KMeansRun best, int starts, IReadOnlyList<SiteValue<KMeansPartial>> partials, IReadOnlyList<string> held)
    {
        var clusters = best.Centres.Select((c, i) => new KMeansCluster(best.Sizes[i], c, best.Within[i]));
        return new(
            arguments.Columns,
            [.. partials.Select(p => new SiteRows(p.Site, p.Value.Rows, p.Value.LeftOut))],
            best.Sizes.Sum(),
            [.. arguments.Centres is null ? clusters.OrderByDescending(c => c.Rows) : clusters],
            best.Inertia,
            best.Iterations,
            best.Converged,
            starts,
            [
                .. held,
                .. best.Converged ? (string[])[] : ["The centres still moved when the rounds were over: allow more by 'maxIterations'."],
            ]);
    }
}
