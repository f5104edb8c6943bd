using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Correlations;

/// <summary>The partial: one pass over the rows.</summary>
internal static class ProductsAtSite
{
    public static async Task<ProductsPartial> ComputeAsync(
        ProductsStep step, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var blocks = ColumnBlocks.Of(step.Columns.Count, step.Use).Select(b => new Block(b)).ToList();
        var rows = 0L;
        await foreach (var batch in table.ReadAsync(
            [.. step.Columns.Select(c => new ColumnSchema(c, ColumnType.Number))], cancellationToken))
        {
            rows += batch.Rows;
            foreach (var block in blocks)
                block.Add(batch);
        }

        if (rows == 0)
            throw new DataInvalidException($"'{table.Label}' has no rows.");
        if (!blocks.All(b => b.IsFinite))
        {
            throw new DataInvalidException(
                $"Columns of '{table.Label}' hold values that are too large for sums of squares in double precision.");
        }

        var held = blocks.Select(b => (Rule: b.Against(rules), b.Width, Column: step.Columns[b.First])).Where(b => b.Rule is not null).ToList();
        return new(rules.Blur(rows), [.. blocks.Select(b => b.Against(rules) is null ? b.Told : b.Nothing)])
        {
            IsBlurred = !rules.IsOff,
            Suppressed = held.Count > 0
                ? [.. held.Select(b => new Suppressed(b.Rule!, SymmetricMatrix.Length(b.Width), blocks.Count > 1 ? b.Column : null))]
                : null,
        };
    }

    /// <param name="columns">Their places in the batch.</param>
    private sealed class Block(IReadOnlyList<int> columns)
    {
        private readonly CrossProducts products = new(columns.Count + 1);
        private readonly double[] row = new double[columns.Count + 1];
        private readonly TwoValues[] values = new TwoValues[columns.Count];
        private long count;

        public int First => columns[0];

        public int Width => columns.Count + 1;

        public bool IsFinite => products.Total.All(p => p.IsFinite);

        public ProductsBlock Nothing
        {
            get
            {
                var none = new double[SymmetricMatrix.Length(Width)];
                return new(0, new(none, none));
            }
        }

        public ProductsBlock Told => new(count, ExactSums.Of(products.Total));

        /// <summary>Null, or the rule that forbids to tell of it.</summary>
        public string? Against(DisclosureRules rules) =>
            rules.IsOff || count == 0 ? null
                : rules.AgainstModel(count, Width)
                    ?? (values.Any(v => v.IsAgainst(rules)) || ProductCounts.AreTooFew(rules, count, [.. products.Total.Select(p => p.High)], Width)
                        ? SuppressionRules.MinimumCell : null);

        public void Add(TableBatch batch)
        {
            row[0] = 1;
            for (var r = 0; r < batch.Rows; r++)
            {
                var isComplete = true;
                for (var c = 0; c < columns.Count; c++)
                {
                    row[c + 1] = batch.Numbers(columns[c]).Values.Span[r];
                    isComplete &= !double.IsNaN(row[c + 1]);
                }

                if (!isComplete)
                    continue;
                count++;
                products.Add(row, 1);
                for (var c = 0; c < columns.Count; c++)
                    values[c].Add(row[c + 1]);
            }
        }
    }
}
