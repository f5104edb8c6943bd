using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Ranges;

namespace Vantage.Statistics.Quantiles;

/// <summary>Notices a partial that no table can give.</summary>
internal static class QuantileCheck
{
    public static void ThrowIfImpossible(
        SiteValue<QuantilePartial> partial, QuantileStep step, IReadOnlyList<SharedRange> ranges, IReadOnlyList<string> all)
    {
        if (!partial.Value.Columns.Select(c => c.Name).SequenceEqual(step.Columns))
            throw FrameCheck.Impossible(partial.Site, "it tells of other columns than it was asked for");
        foreach (var (column, asked) in partial.Value.Columns.Zip(step.Edges))
        {
            var edges = column.Edges ?? asked;
            if (column.Rows < 0 || column.Counts.Count != edges.Count + 1 || column.Counts.Any(c => c < 0 || c > column.Rows + Rounded.Slack(column.Rounding, 1))
                || Math.Abs(column.Counts.Sum() - column.Rows) > Rounded.Slack(column.Rounding, column.Counts.Count) || !(column.Edges is null || IsPart(column.Edges, asked)))
            {
                throw FrameCheck.Impossible(partial.Site, "its counts do not add up");
            }

            var before = ranges[all.Index().First(c => c.Item == column.Name).Index].Rows[partial.Site];
            if (column.Rows != before)
            {
                throw new DataInvalidException($"{partial.Site} had {before} values of '{column.Name}' a round ago and has {column.Rows}"
                    + " now. Its data have changed meanwhile: ask again.");
            }
        }
    }

    private static bool IsPart(IReadOnlyList<double> edges, IReadOnlyList<double> asked) =>
        edges.All(asked.Contains) && edges.Zip(edges.Skip(1)).All(e => e.First < e.Second);
}
