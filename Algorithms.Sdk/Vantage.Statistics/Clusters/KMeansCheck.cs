using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Clusters;

/// <summary>Notices counts and sums of clusters that no table can give.</summary>
internal static class KMeansCheck
{
    /// <summary>What rules that leave sums four digits take from them.</summary>
    private const double Slack = 1e-3;

    public static void ThrowIfImpossible(SiteValue<KMeansPartial> partial, IReadOnlyList<KMeansRun> runs, int columns)
    {
        var value = partial.Value;
        if (value.Rows is < 0 or > FrameCheck.MostRows || value.LeftOut is < 0 or > FrameCheck.MostRows || value.Starts.Count != runs.Count
            || value.Starts.Zip(runs).Any(s => s.First.Clusters.Count != s.Second.Centres.Count))
        {
            throw FrameCheck.Impossible(partial.Site, "it tells of other clusters than it was asked for");
        }

        foreach (var (start, run) in value.Starts.Zip(runs))
        {
            var areAllTold = start.Clusters.All(c => c is not null);
            if (!areAllTold && value.Suppressed.Count == 0)
                throw FrameCheck.Impossible(partial.Site, "it does not say what it held back");
            if (start.Clusters.Zip(run.Centres).Any(c => c.First is { } told && !IsPossible(told, c.Second, columns)))
                throw FrameCheck.Impossible(partial.Site, "its sums contradict each other");
            // Under rules a site has up to a minimum cell more rows than it says.
            var rows = start.Clusters.Sum(c => c?.Rows ?? 0);
            if (rows > 2 * value.Rows || (areAllTold && rows < value.Rows))
                throw FrameCheck.Impossible(partial.Site, "the rows of its clusters do not add up");
        }
    }

    /// <exception cref="DataInvalidException">A site has other rows than in the round before.</exception>
    public static void ThrowIfChanged(IReadOnlyList<SiteValue<KMeansPartial>> before, IReadOnlyList<SiteValue<KMeansPartial>> now)
    {
        foreach (var (first, second) in before.Zip(now).Where(p => p.First.Value.Rows != p.Second.Value.Rows))
        {
            throw new DataInvalidException($"{second.Site} had {first.Value.Rows} complete rows in one round and {second.Value.Rows} in the"
                + " next. Its data have changed meanwhile: ask again.");
        }
    }

    /// <summary>The sum of n differences is no larger than the root of n times their squares.</summary>
    private static bool IsPossible(ClusterSums told, IReadOnlyList<double> centre, int columns) =>
        told.Rows is >= 0 and <= FrameCheck.MostRows && told.Sums.ArePossible(columns) && told.Squares.ArePossible(1) && told.Squares.Values[0] >= 0
        && (told.Rows > 0 || told.Squares.Values[0] == 0)
        && told.Sums.Values.Zip(centre).All(s =>
            Math.Abs(s.First - (told.Rows * s.Second))
            <= (Math.Sqrt(told.Rows * told.Squares.Values[0]) * (1 + Slack)) + (Slack * Math.Abs(s.First)));
}
