using Vantage.Statistics.Distributions;

namespace Vantage.Statistics.Crosstabs;

/// <summary>Pearson's test that the variables of a table are independent of each other.</summary>
internal static class Independence
{
    /// <summary>Of a table of which nothing is held back. Null where nothing can be told: fewer than two variables have several levels, or a level is without rows.</summary>
    public static ChiSquaredTest? Of(CountCube cube)
    {
        var sizes = cube.Sizes;
        var total = (double)cube.Cells.Sum()!.Value;
        var margins = sizes.Select((size, v) => Margin(cube, v, size)).ToArray();
        var degrees = sizes.Aggregate(1L, (product, s) => product * s) - 1 - sizes.Sum(s => s - 1L);
        if (degrees == 0 || margins.Any(m => m.Contains(0)))
            return null;
        var statistic = 0.0;
        for (var cell = 0; cell < cube.Cells.Count; cell++)
        {
            var expected = total;
            for (var v = 0; v < sizes.Count; v++)
                expected *= margins[v][cube.Level(cell, v)] / total;
            var difference = cube.Cells[cell]!.Value - expected;
            statistic += difference * difference / expected;
        }

        return new(statistic, degrees, Tails.ChiSquared(statistic, degrees));
    }

    private static long[] Margin(CountCube cube, int variable, int size)
    {
        var margin = new long[size];
        for (var cell = 0; cell < cube.Cells.Count; cell++)
            margin[cube.Level(cell, variable)] += cube.Cells[cell]!.Value;
        return margin;
    }
}
