using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Correlations;

/// <summary>Puts the sums of the sites together. The order of the sites shows in no bit.</summary>
internal static class CorrelationCombine
{
    public static CorrelationResult Combine(
        CorrelationArguments arguments, IReadOnlyList<SiteValue<ProductsPartial>> partials)
    {
        var step = arguments.Step();
        var blocks = ColumnBlocks.Of(step.Columns.Count, step.Use);
        foreach (var partial in partials)
            CorrelationCheck.ThrowIfImpossible(partial, blocks);
        var spreads = blocks.Select((b, i) => Spread(b, [.. partials.Select(p => p.Value.Blocks[i])])).ToList();
        var notes = partials.SelectMany(p => (p.Value.Suppressed ?? []).Select(s => s.Note(p.Site))).ToList();
        if (spreads.All(s => s.Count == 0))
        {
            if (notes.Count > 0)
                throw new DataInvalidException(string.Join(' ', notes) + " The disclosure rules of the sites leave nothing to compute with.");
            throw new DataInvalidException("No site has a row without a missing value in the columns "
                + string.Join(", ", step.Columns) + ": there is nothing to compute with.");
        }

        var columns = arguments.Columns.Count;
        var controls = Enumerable.Range(columns, step.Columns.Count - columns).ToList();
        var pairs = new List<CorrelationPair>();
        for (var i = 0; i < columns; i++)
        {
            for (var j = i + 1; j < columns; j++)
            {
                var spread = spreads.Count == 1 ? spreads[0] : spreads[pairs.Count];
                pairs.Add(spread.Pair(arguments.Columns, i, j, controls, arguments.ConfidenceLevel));
            }
        }

        return new(
            arguments.Columns,
            arguments.Controls ?? [],
            arguments.Use,
            [.. partials.Select(p => new SiteRows(
                p.Site, p.Value.Blocks.Max(b => b.Count), Math.Max(0, p.Value.Rows - p.Value.Blocks.Max(b => b.Count))))],
            spreads.Max(s => s.Count),
            arguments.ConfidenceLevel,
            pairs,
            spreads.Count == 1 ? spreads[0].Covariances(columns) : null,
            [.. notes, .. Notes(pairs)]);
    }

    private static Spread Spread(IReadOnlyList<int> columns, IReadOnlyList<ProductsBlock> sites) => new(
        columns, sites.Sum(s => s.Count), new(columns.Count + 1, ExactSums.Add(sites.Select(s => s.Products))));

    private static List<string> Notes(List<CorrelationPair> pairs) =>
        [.. pairs.Where(p => p.Correlation is null).Select(p =>
            $"{p.First} and {p.Second}: fewer than two rows, or no variation that the controls leave in one of them."
            + " There is no correlation."),
        .. pairs.Where(p => p is { Correlation: not null, Statistic: null, PValue: not null }).Select(p =>
            $"{p.First} and {p.Second} determine each other without error: the statistic is infinite.")];
}
