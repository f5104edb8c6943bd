using Vantage.Statistics.Crosstabs;

namespace Vantage.Statistics.Distributions;

/// <summary>
/// Fisher's exact test of a 2×2 table with fixed margins, as R's <c>fisher.test</c>: the first cell has a
/// hypergeometric distribution, noncentral with the odds ratio.
/// </summary>
internal sealed class FisherExact
{
    private const double ConfidenceLevel = 0.95;

    /// <summary>Tables count as equally probable up to this factor.</summary>
    private const double Equal = 1 + 1e-7;

    private readonly long lowest;
    private readonly int observed;

    /// <summary>Logarithms of the central density, up to a constant, from the lowest possible cell upwards.</summary>
    private readonly double[] logs;

    private FisherExact(long a, long b, long c, long d)
    {
        lowest = Math.Max(0, a - d);
        observed = checked((int)(a - lowest));
        logs = new double[checked((int)(Math.Min(a + b, a + c) - lowest) + 1)];
        for (var i = 1; i < logs.Length; i++)
        {
            var k = lowest + i - 1;
            logs[i] = logs[i - 1]
                + Math.Log((double)(a + b - k) * (a + c - k) / ((double)(k + 1) * (d - a + k + 1)));
        }
    }

    public static FisherTest Of(long a, long b, long c, long d)
    {
        var test = new FisherExact(a, b, c, d);
        const double tail = (1 - ConfidenceLevel) / 2;
        var last = test.logs.Length - 1;
        return new(
            Math.Min(1, test.PValue()),
            test.observed == last ? null : test.observed == 0 ? 0 : Math.Exp(test.Root(t => test.Mean(t) - test.observed)),
            ConfidenceLevel,
            [
                test.observed == 0 ? 0 : Math.Exp(test.Root(t => test.Tail(t, upper: true) - tail)),
                test.observed == last ? null : Math.Exp(test.Root(t => tail - test.Tail(t, upper: false))),
            ]);
    }

    private double PValue()
    {
        var density = Density(0);
        var own = density[observed] * Equal;
        return density.Where(p => p <= own).Sum();
    }

    private double[] Density(double logOdds)
    {
        var density = new double[logs.Length];
        var largest = logs.Select((l, i) => l + (i * logOdds)).Max();
        var sum = 0.0;
        for (var i = 0; i < logs.Length; i++)
            sum += density[i] = Math.Exp(logs[i] + (i * logOdds) - largest);
        for (var i = 0; i < logs.Length; i++)
            density[i] /= sum;
        return density;
    }

    private double Mean(double logOdds) => Density(logOdds).Select((p, i) => p * i).Sum();

    private double Tail(double logOdds, bool upper)
    {
        var density = Density(logOdds);
        return upper ? density.Skip(observed).Sum() : density.Take(observed + 1).Sum();
    }

    /// <summary>Where an increasing function of the log odds ratio crosses zero, by bisection down to rounding.</summary>
    private double Root(Func<double, double> function)
    {
        var (low, high) = (-1.0, 1.0);
        while (function(low) > 0)
            low *= 2;
        while (function(high) < 0)
            high *= 2;
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high)
                break;
            if (function(middle) < 0)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
