namespace Vantage.Statistics.Distributions;

/// <summary>
/// The regularised incomplete beta and gamma functions with small tails to full relative precision, by continued
/// fractions (Lentz's method: Press et al., Numerical Recipes, 5.2, 6.2, 6.4).
/// </summary>
internal static class IncompleteFunctions
{
    private const int MaxSteps = 1_000_000;
    private const double Tiny = 1e-300;
    private const double Epsilon = 1e-16;

    /// <summary>I(x; a, b), with y = 1 − x given apart so that neither loses digits.</summary>
    public static double Beta(double a, double b, double x, double y)
    {
        if (x <= 0)
            return 0;
        if (y <= 0)
            return 1;
        var front = Deviance.BetaFront(a, b, x, y);
        return x < (a + 1) / (a + b + 2)
            ? front * BetaFraction(a, b, x) / a
            : 1 - (front * BetaFraction(b, a, y) / b);
    }

    /// <summary>Q(a, x), the upper tail.</summary>
    public static double GammaUpper(double a, double x)
    {
        if (x <= 0)
            return 1;
        var front = Deviance.GammaFront(a, x);
        return x < a + 1 ? 1 - (front * GammaSeries(a, x)) : front * GammaFraction(a, x);
    }

    private static double BetaFraction(double a, double b, double x)
    {
        var c = 1.0;
        var d = 1 / Safe(1 - ((a + b) * x / (a + 1)));
        var h = d;
        for (var m = 1; m < MaxSteps; m++)
        {
            var even = m * (b - m) * x / ((a - 1 + (2.0 * m)) * (a + (2.0 * m)));
            d = 1 / Safe(1 + (even * d));
            c = Safe(1 + (even / c));
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2.0 * m)) * (a + 1 + (2.0 * m)));
            d = 1 / Safe(1 + (odd * d));
            c = Safe(1 + (odd / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) <= Epsilon)
                break;
        }

        return h;
    }

    private static double GammaSeries(double a, double x)
    {
        var term = 1 / a;
        var sum = term;
        for (var n = 1; n < MaxSteps && term > sum * Epsilon; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    private static double GammaFraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < MaxSteps; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = 1 / Safe((an * d) + b);
            c = Safe(b + (an / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) <= Epsilon)
                break;
        }

        return h;
    }

    private static double Safe(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
