using System.Runtime.CompilerServices;

namespace Vantage.Statistics.Numerics;

/// <summary><see cref="Moments"/> with the sums of third and fourth powers of the differences from the mean (M3, M4).</summary>
internal readonly record struct ShapeMoments(Moments Own, DoubleDouble M3, DoubleDouble M4)
{
    /// <summary>NaN is skipped. Powers that do not fit a double leave M3 and M4 that are not finite.</summary>
    // A site is asked for hundreds of means before methods are compiled a second time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ShapeMoments Of(ReadOnlySpan<double> values)
    {
        var own = Moments.Of(values);
        var (cubes, fourths) = (DoubleDouble.Zero, DoubleDouble.Zero);
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            var difference = value - own.Mean.High - own.Mean.Low;
            var square = DoubleDouble.Product(difference, difference);
            cubes += square * difference;
            fourths += square * square;
        }

        return new(own, cubes, fourths);
    }

    /// <summary>
    /// The moments of both sets of values: Pébay, Formulas for Robust, One-Pass Parallel Computation of Covariances and
    /// Arbitrary-Order Statistical Moments (2008).
    /// </summary>
    public static ShapeMoments operator +(ShapeMoments a, ShapeMoments b)
    {
        if (a.Own.Count == 0)
            return b;
        if (b.Own.Count == 0)
            return a;
        double na = a.Own.Count, nb = b.Own.Count;
        DoubleDouble n = na + nb, ofA = na / n, ofB = nb / n;
        var delta = b.Own.Mean - a.Own.Mean;
        var square = delta * delta;
        var third = a.M3 + b.M3
            + (square * delta * ofA * nb * (ofA - ofB))
            + (delta * ((ofA * b.Own.M2) - (ofB * a.Own.M2)) * 3);
        var fourth = a.M4 + b.M4
            + (square * square * ofA * nb * ((ofA * ofA) - (ofA * ofB) + (ofB * ofB)))
            + (square * ((ofA * ofA * b.Own.M2) + (ofB * ofB * a.Own.M2)) * 6)
            + (delta * ((ofA * b.M3) - (ofB * a.M3)) * 4);
        return new(a.Own + b.Own, third, fourth);
    }

    /// <summary>√n·M3 / M2^(3/2); null where nothing varies, or powers do not fit a double.</summary>
    public double? Skewness =>
        Own.M2.High > 0 && M3.IsFinite ? Finite(Math.Sqrt(Own.Count) * (M3 / Own.M2).ToDouble() / Math.Sqrt(Own.M2.ToDouble())) : null;

    /// <summary>n·M4 / M2² − 3; null likewise.</summary>
    public double? ExcessKurtosis =>
        Own.M2.High > 0 && M4.IsFinite ? Finite((((M4 / Own.M2 / Own.M2) * (double)Own.Count) - 3.0).ToDouble()) : null;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
