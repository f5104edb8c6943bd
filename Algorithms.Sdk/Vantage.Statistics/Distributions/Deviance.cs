using MathNet.Numerics;

namespace Vantage.Statistics.Distributions;

/// <summary>
/// Parts of densities that keep their digits for large parameters, where logarithms of gamma functions cancel.
/// Loader: Fast and Accurate Computation of Binomial Probabilities (2000), as R has it.
/// </summary>
internal static class Deviance
{
    public static readonly double HalfLogTwoPi = Math.Log(2 * Math.PI) / 2;

    /// <summary>x·log(x/m) + m − x, with x − m given apart: where the two are close, its digits matter.</summary>
    private static double Part(double x, double m, double difference)
    {
        if (Math.Abs(difference) >= 0.1 * (x + m))
            return (x * Math.Log(x / m)) - difference;
        var v = difference / (x + m);
        var sum = difference * v;
        var term = 2 * x * v;
        for (var j = 1; j < 1000; j++)
        {
            term *= v * v;
            var next = sum + (term / ((2 * j) + 1));
            if (next == sum)
                break;
            sum = next;
        }

        return sum;
    }

    /// <summary>The same without the difference at hand; x may be 0.</summary>
    public static double Part(double x, double m) => x == 0 ? m : Part(x, m, x - m);

    /// <summary>The logarithm of Poisson's probability of x with mean m.</summary>
    public static double LogPoisson(double x, double m) =>
        x == 0 ? -m : -StirlingError(x) - Part(x, m) - (Math.Log(x) / 2) - HalfLogTwoPi;

    /// <summary>log Γ(x + 1) less Stirling's formula for it, for x > 0.</summary>
    public static double StirlingError(double x)
    {
        if (x <= 15)
            return SpecialFunctions.GammaLn(x + 1) - ((x + 0.5) * Math.Log(x)) + x - HalfLogTwoPi;
        var square = x * x;
        return (1.0 / 12 - ((1.0 / 360 - ((1.0 / 1260 - ((1.0 / 1680 - (1.0 / 1188 / square)) / square)) / square)) / square)) / x;
    }

    /// <summary>xᵃ·yᵇ / B(a, b) for x + y = 1.</summary>
    public static double BetaFront(double a, double b, double x, double y)
    {
        if (x <= 0 || y <= 0)
            return 0;
        var n = a + b;
        var difference = (a * y) - (b * x);
        var log = StirlingError(n) - StirlingError(a) - StirlingError(b)
            - Part(a, n * x, difference) - Part(b, n * y, -difference);
        return Math.Exp(log) * Math.Sqrt(a / n * b / (2 * Math.PI));
    }

    /// <summary>xᵃ·e⁻ˣ / Γ(a).</summary>
    public static double GammaFront(double a, double x) =>
        x <= 0 ? 0 : Math.Exp(-StirlingError(a) - Part(a, x, a - x)) * Math.Sqrt(a / (2 * Math.PI));
}
