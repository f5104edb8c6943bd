using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Linear;

/// <summary>Sums of squares of a linear model, about the mean if it has an intercept, else about zero.</summary>
internal static class LinearSquares
{
    /// <summary>Of the outcome less the offset: the last column.</summary>
    public static DoubleDouble Total(SymmetricMatrix products, bool intercept)
    {
        var last = products.Size - 1;
        return About(products[last, last], intercept ? products[0, last] : 0, products, intercept);
    }

    /// <summary>Of the fitted values with the offset in them, as R counts what a model explains.</summary>
    public static DoubleDouble Explained(
        SymmetricMatrix products, IReadOnlyList<int> columns, DoubleDouble[] solution, int width, bool intercept)
    {
        var parts = columns.Zip(solution).ToList();
        if (products.Size == width + 2)
            parts.Add((width, 1.0));
        var (squares, sum) = (DoubleDouble.Zero, DoubleDouble.Zero);
        foreach (var (i, a) in parts)
        {
            sum += intercept ? products[0, i] * a : DoubleDouble.Zero;
            foreach (var (j, b) in parts)
                squares += products[i, j] * a * b;
        }

        return About(squares, sum, products, intercept);
    }

    /// <summary>The first column of a model with intercept is 1, so its products are Σw and Σwz.</summary>
    private static DoubleDouble About(DoubleDouble squares, DoubleDouble sum, SymmetricMatrix products, bool intercept) =>
        intercept && products[0, 0].High > 0 ? squares - (sum * sum / products[0, 0]) : squares;
}
