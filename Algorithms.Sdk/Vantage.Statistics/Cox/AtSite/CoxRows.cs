using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;
using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Cox.AtSite;

/// <summary>The linear predictor of one row after the other, and its sums over the rows with events.</summary>
internal sealed class CoxRows
{
    private readonly DoubleDouble[] coefficients;
    private readonly IReadOnlyList<double> centre;
    private readonly double[] values;

    /// <param name="width">Columns of the model.</param>
    /// <param name="coefficients">Where Newton's method stands.</param>
    /// <param name="centre">What is taken from each column, and last from the offset: η is then near zero, and exp(η) a number.</param>
    public CoxRows(int width, ExactSums coefficients, IReadOnlyList<double> centre)
    {
        if (!coefficients.ArePossible(width) || centre.Count != width + 1)
            throw new ArgumentsInvalidException("coefficients", $"the model has {width} coefficients, and an offset.");
        this.coefficients = [.. Enumerable.Range(0, width).Select(i => coefficients[i])];
        this.centre = centre;
        values = new double[width];
        Dying = new DoubleDouble[1 + width];
    }

    /// <summary>Centred.</summary>
    public ReadOnlySpan<double> Values => values;

    public double Predictor { get; private set; }

    /// <summary>exp(η).</summary>
    public double Risk => Math.Exp(Predictor);

    /// <summary>Σ η, then Σ x.</summary>
    public DoubleDouble[] Dying { get; }

    public void Read(SurvivalRow row)
    {
        var x = row.Values.Span;
        DoubleDouble predictor = row.Offset - centre[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = x[i] - centre[i];
            if (values[i] != 0)
                predictor += DoubleDouble.Product(values[i], coefficients[i].High) + (values[i] * coefficients[i].Low);
        }

        Predictor = predictor.ToDouble();
        if (!row.IsEvent)
            return;
        Dying[0] += predictor;
        for (var i = 0; i < values.Length; i++)
            Dying[1 + i] += values[i];
    }
}
