using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Ranges;

namespace Vantage.Statistics.Histograms;

/// <summary>The partial: one pass over the column.</summary>
internal static class HistogramAtSite
{
    public static async Task<HistogramPartial> ComputeAsync(
        DisclosureRules rules, HistogramStep step, ITable table, CancellationToken cancellationToken)
    {
        var counter = new BinCounter(step.Edges, step.Right);
        var missing = 0L;
        await foreach (var batch in table.ReadAsync([new(step.Column, ColumnType.Number)], cancellationToken))
        {
            counter.Add(batch.Numbers(0).Values.Span);
            missing += batch.Numbers(0).Missing;
        }

        if (counter.Counts.Sum() + missing == 0)
            throw new DataInvalidException($"'{table.Label}' has no rows.");
        return Told(rules, counter.Counts, missing, step.Column);
    }

    private static HistogramPartial Told(DisclosureRules rules, long[] counts, long missing, string column)
    {
        long[] bins = counts[1..^1];
        var rows = bins.Sum();
        var suppressed = new List<Suppressed>();
        if (Against(rules, rows, bins.Length) is { } rule)
        {
            suppressed.Add(new(rule, bins.Length + 3, column));
            return new(0, null, null, null, new long?[bins.Length], suppressed) { All = bins };
        }

        var (shown, forbidden, others) = CellSuppression.Of(rules, bins, [bins.Length]);
        Add(SuppressionRules.MinimumCell, forbidden + new[] { counts[0], counts[^1], missing }.Count(c => !rules.MayShow(c)));
        Add(SuppressionRules.Complementary, others);
        return new(
            rows,
            Shown(counts[0]),
            Shown(counts[^1]),
            Shown(missing),
            shown,
            suppressed)
        {
            All = rules.IsOff ? null : bins,
            Rounding = rules.RoundingTold,
        };

        long? Shown(long count) => rules.MayShow(count) ? count : null;

        void Add(string rule, int values)
        {
            if (values > 0)
                suppressed.Add(new(rule, values, column));
        }
    }

    private static string? Against(DisclosureRules rules, long rows, int bins) => rules.IsOff ? null
        : !rules.MaySpeakOf(rows) ? SuppressionRules.MinimumCell
        : rules.AgainstLevels(rows, bins);
}
