using MathNet.Numerics;

namespace Vantage.Statistics.Distributions;

/// <summary>
/// The distributions that statistics are held against, the one place that knows how they are computed. Tails keep their
/// digits however small they are: MathNet's own Student and Fisher go by 1 − CDF, which has none left below 1e-16.
/// </summary>
internal static class Tails
{
    /// <summary>P(|Z| ≥ |z|) for a standard normal Z.</summary>
    public static double Normal(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>P(|T| ≥ |t|) for Student's T.</summary>
    public static double Student(double t, double degrees)
    {
        var square = t * t;
        return double.IsInfinity(square)
            ? 0
            : IncompleteFunctions.Beta(degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square));
    }

    /// <summary>P(F ≥ f).</summary>
    public static double Fisher(double f, double numerator, double denominator)
    {
        var part = numerator * f;
        return double.IsInfinity(part)
            ? 0
            : IncompleteFunctions.Beta(
                denominator / 2, numerator / 2, denominator / (denominator + part), part / (denominator + part));
    }

    /// <summary>P(X ≥ x) for a chi-squared X.</summary>
    public static double ChiSquared(double x, double degrees) => IncompleteFunctions.GammaUpper(degrees / 2, x / 2);

    /// <summary>The z with P(|Z| ≥ z) = tail.</summary>
    public static double NormalQuantile(double tail)
    {
        var z = Math.Sqrt(2) * SpecialFunctions.ErfcInv(tail);
        var density = Math.Sqrt(2 / Math.PI) * Math.Exp(-z * z / 2);
        return z + ((Normal(z) - tail) / density);
    }

    /// <summary>
    /// The t with P(|T| ≥ t) = tail, by Newton's method. The tail falls and is convex, and the normal quantile lies
    /// left of it, so every step comes closer.
    /// </summary>
    public static double StudentQuantile(double tail, double degrees)
    {
        // All of it lies beyond zero, where the step would be 0 / 0.
        if (tail >= 1)
            return 0;
        var t = NormalQuantile(tail);
        for (var i = 0; i < 200; i++)
        {
            var square = t * t;
            var front = Deviance.BetaFront(degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square));
            var step = (Student(t, degrees) - tail) * t / (2 * front);
            t += step;
            if (Math.Abs(step) <= 1e-15 * t)
                break;
        }

        return t;
    }
}
