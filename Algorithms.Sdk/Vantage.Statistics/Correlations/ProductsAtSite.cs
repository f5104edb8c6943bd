using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Correlations;

/// <summary>The partial: one pass over the rows.</summary>
internal static class ProductsAtSite
{
    public static async Task<ProductsPartial> ComputeAsync(ProductsStep step, ITable table, CancellationToken cancellationToken)
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
        return blocks.All(b => b.IsFinite)
            ? new(rows, [.. blocks.Select(b => b.Told)])
            : throw new DataInvalidException(
                $"Columns of '{table.Label}' hold values that are too large for sums of squares in double precision.");
    }

    /// <param name="columns">Their places in the batch.</param>
    private sealed class Block(IReadOnlyList<int> columns)
    {
        private readonly CrossProducts products = new(columns.Count + 1);
        private readonly double[] row = new double[columns.Count + 1];
        private long count;

        public bool IsFinite => products.Total.All(p => p.IsFinite);

        public ProductsBlock Told => new(count, ExactSums.Of(products.Total));

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
            }
        }
    }
}
