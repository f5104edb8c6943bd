using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Ridge;

/// <summary>
/// The columns of a ridge model by their sums of products. The first is the intercept; the others are taken about their means, so
/// that it is not penalised.
/// </summary>
internal sealed class RidgeColumns
{
    /// <summary>A mean squared deviation below this part of the mean square is what rounding left.</summary>
    private const double Nothing = 1e-28;

    private readonly SymmetricMatrix products;

    /// <param name="products">X'WX, or a larger matrix that begins with it.</param>
    /// <param name="width">Columns of X.</param>
    public RidgeColumns(SymmetricMatrix products, int width)
    {
        this.products = products;
        Variances = new double[width];
        for (var j = 1; j < width; j++)
        {
            var variance = (Product(j, j) / Weights).ToDouble();
            Variances[j] = variance > Nothing * (products[j, j] / Weights).ToDouble() ? variance : 0;
        }

        Varying = [.. Enumerable.Range(1, width - 1).Where(j => Variances[j] > 0)];
    }

    /// <summary>Σw.</summary>
    public DoubleDouble Weights => products[0, 0];

    /// <summary>Columns besides the intercept that are not the same in all rows; others have the coefficient 0.</summary>
    public IReadOnlyList<int> Varying { get; }

    /// <summary>The mean squared deviation of each column; 0 of the intercept.</summary>
    public double[] Variances { get; }

    /// <summary>Σw(a − ā)(b − b̄).</summary>
    public DoubleDouble Product(int a, int b) => products[a, b] - (products[0, a] * products[0, b] / Weights);

    public DoubleDouble Mean(int column) => products[0, column] / Weights;
}
