using System.Runtime.CompilerServices;

namespace Vantage.Statistics.Numerics;

/// <summary>How many values, their mean, and the sum of squared differences from the mean (M2).</summary>
internal readonly record struct Moments(long Count, DoubleDouble Mean, DoubleDouble M2)
{
    public bool IsFinite => Mean.IsFinite && M2.IsFinite;

    /// <summary>
    /// Two passes over values that are at hand: the mean, then the differences from it. Nothing is cancelled, however
    /// far from zero the values lie. NaN is skipped.
    /// </summary>
    // A site is asked for hundreds of means before methods are compiled a second time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Moments Of(ReadOnlySpan<double> values)
    {
        var count = 0L;
        var sum = DoubleDouble.Zero;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            count++;
            sum += value;
        }

        if (count == 0)
            return default;

        var mean = sum / count;
        var squares = DoubleDouble.Zero;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            var difference = value - mean.High - mean.Low;
            squares += DoubleDouble.Product(difference, difference);
        }

        return new(count, mean, squares);
    }

    /// <summary>
    /// The moments of both sets of values: Chan, Golub, LeVeque, Updating Formulae and a Pairwise Algorithm for Computing
    /// Sample Variances (1979). With δ = mean(b) − mean(a) and n = n(a) + n(b):
    /// <c>mean = mean(a) + δ·n(b)/n</c>, <c>M2 = M2(a) + M2(b) + δ²·n(a)·n(b)/n</c>.
    /// </summary>
    public static Moments operator +(Moments a, Moments b)
    {
        if (a.Count == 0)
            return b;
        if (b.Count == 0)
            return a;
        var count = a.Count + b.Count;
        var delta = b.Mean - a.Mean;
        var mean = a.Mean + (delta * b.Count / count);
        var between = delta * delta * DoubleDouble.Product(a.Count, b.Count) / count;
        return new(count, mean, a.M2 + b.M2 + between);
    }
}
