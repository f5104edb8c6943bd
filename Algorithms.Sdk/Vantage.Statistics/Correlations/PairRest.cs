using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Correlations;

/// <summary>What is left of two columns, and of their product, after projecting both on a constant and on the controls.</summary>
internal sealed class PairRest
{
    /// <summary>R's <c>lm</c> leaves out a control that earlier ones explain to this part of its length.</summary>
    private const double Tolerance = 1e-7;

    /// <summary>Below this part of a column's squared length, what is left is rounding.</summary>
    private const double Nothing = 1e-28;

    private readonly DoubleDouble own;
    private readonly DoubleDouble other;
    private readonly DoubleDouble both;

    public PairRest(SymmetricMatrix products, int i, int j, IReadOnlyList<int> controls)
    {
        var equations = NormalEquations.Factorise(products, controls.Prepend(0), Tolerance);
        Controls = Math.Max(equations.Kept.Count - 1, 0);
        var (ofI, ofJ) = (equations.Solve(k => products[k, i]), equations.Solve(k => products[k, j]));
        own = Less(products[i, i], ofI, i);
        other = Less(products[j, j], ofJ, j);
        both = Less(products[i, j], ofJ, i);
        HasVariation = own.High > Nothing * products[i, i].High && other.High > Nothing * products[j, j].High;

        DoubleDouble Less(DoubleDouble sum, DoubleDouble[] solution, int column)
        {
            foreach (var (place, k) in equations.Kept.Select((k, place) => (place, k)))
                sum -= products[k, column] * solution[place];
            return sum;
        }
    }

    /// <summary>Controls that no other control explains.</summary>
    public int Controls { get; }

    public double? Correlation => HasVariation
        ? Math.Clamp(both.ToDouble() / Math.Sqrt(own.ToDouble()) / Math.Sqrt(other.ToDouble()), -1, 1)
        : null;

    /// <summary>1 − r², from sums that have not been rounded.</summary>
    public double Unexplained => HasVariation
        ? Math.Max(0, (1.0 - (both / own * (both / other))).ToDouble())
        : 0;

    private bool HasVariation { get; }
}
