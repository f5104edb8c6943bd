namespace Vantage.Statistics.Distributions;

/// <summary>
/// The logarithm of the gamma function and its derivatives, by recurrence up to 20 and their asymptotic series from there
/// (Abramowitz, Stegun, 6.1.41, 6.3.18, 6.4.12), whose next term is below the last digit.
/// </summary>
internal static class GammaFunctions
{
    private const double Far = 20;
    private const int MostTerms = 64;

    /// <summary>log Γ(x) for x > 0.</summary>
    public static double LogGamma(double x)
    {
        var product = 1.0;
        for (; x < Far; x++)
            product *= x;
        return ((x - 0.5) * Math.Log(x)) - x + Deviance.HalfLogTwoPi + Deviance.StirlingError(x) - Math.Log(product);
    }

    /// <summary>ψ(x + n) − ψ(x); for few whole steps as the sum that it is, in which nothing cancels.</summary>
    public static double DigammaDifference(double x, double n) => n <= MostTerms && Math.Floor(n) == n
        ? Steps(x, n, at => 1 / at)
        : Digamma(x + n) - Digamma(x);

    /// <summary>ψ′(x) − ψ′(x + n).</summary>
    public static double TrigammaDifference(double x, double n) => n <= MostTerms && Math.Floor(n) == n
        ? Steps(x, n, at => 1 / (at * at))
        : Trigamma(x) - Trigamma(x + n);

    /// <summary>log(1 + x): Kahan's way, since the framework's forms the sum first.</summary>
    public static double LogOnePlus(double x)
    {
        var sum = 1 + x;
        return sum == 1 ? x : double.IsInfinity(sum) ? sum : Math.Log(sum) * x / (sum - 1);
    }

    private static double Steps(double x, double n, Func<double, double> term)
    {
        var sum = 0.0;
        for (var j = n - 1; j >= 0; j--)
            sum += term(x + j);
        return sum;
    }

    private static double Digamma(double x)
    {
        var before = 0.0;
        for (; x < Far; x++)
            before += 1 / x;
        var s = 1 / (x * x);
        var series = s * ((1.0 / 12) - (s * ((1.0 / 120) - (s * ((1.0 / 252) - (s * ((1.0 / 240) - (s / 132))))))));
        return Math.Log(x) - (0.5 / x) - series - before;
    }

    private static double Trigamma(double x)
    {
        var before = 0.0;
        for (; x < Far; x++)
            before += 1 / (x * x);
        var s = 1 / (x * x);
        var series = 1 + (s * ((1.0 / 6) - (s * ((1.0 / 30) - (s * ((1.0 / 42) - (s * ((1.0 / 30) - (s * 5 / 66)))))))));
        return before + (0.5 * s) + (series / x);
    }
}
