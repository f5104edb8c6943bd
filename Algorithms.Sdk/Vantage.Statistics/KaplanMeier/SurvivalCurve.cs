using Vantage.Statistics.Distributions;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.KaplanMeier;

/// <summary>The product-limit estimate of one group. All lists are as long as <paramref name="Times"/>.</summary>
/// <param name="Group">Its levels, as R calls it: <c>sex=1, arm=b</c>; empty where there is one curve.</param>
/// <param name="Rows">Rows of the group.</param>
/// <param name="EventCount">Rows that end with the event.</param>
/// <param name="Median">The time at which survival falls to one half; null if it does not.</param>
/// <param name="MedianInterval">The times at which the limits do; null where one does not.</param>
/// <param name="Times">At which rows end, ascending.</param>
/// <param name="AtRisk">Just before each time.</param>
/// <param name="Events">At each time.</param>
/// <param name="Censored">At each time, after the events.</param>
/// <param name="Survival">From each time on until the next.</param>
/// <param name="StandardErrors">Of the survival, by Greenwood's formula; null at survival 0.</param>
/// <param name="Lower">Confidence limit; null where there is none.</param>
/// <param name="Upper">Confidence limit; null where there is none.</param>
public sealed record SurvivalCurve(
    string Group,
    long Rows,
    long EventCount,
    double? Median,
    IReadOnlyList<double?> MedianInterval,
    IReadOnlyList<double> Times,
    IReadOnlyList<double> AtRisk,
    IReadOnlyList<double> Events,
    IReadOnlyList<double> Censored,
    IReadOnlyList<double> Survival,
    IReadOnlyList<double?> StandardErrors,
    IReadOnlyList<double?> Lower,
    IReadOnlyList<double?> Upper);

/// <summary>Makes curves of counts.</summary>
internal static class ProductLimit
{
    /// <summary>What R takes for equal to one half.</summary>
    private const double Tolerance = 1.0 / (1 << 26);

    public static SurvivalCurve Curve(
        string group, long rows, long events, IReadOnlyList<TimePoint> points, double confidenceLevel, string confidenceType)
    {
        var reach = Tails.NormalQuantile(1 - confidenceLevel);
        double[] times = [.. points.Select(p => p.Time)];
        var survival = new double[points.Count];
        var errors = new double?[points.Count];
        var lower = new double?[points.Count];
        var upper = new double?[points.Count];
        var (at, variance) = (1.0, 0.0);
        foreach (var (i, point) in points.Index())
        {
            at *= point.AtRisk > 0 ? (point.AtRisk - point.Events) / point.AtRisk : 1;
            variance += point.Events == 0 ? 0 : point.Events / (point.AtRisk * (point.AtRisk - point.Events));
            var error = Math.Sqrt(variance);
            survival[i] = at;
            errors[i] = Finite(at * error);
            var limits = ConfidenceLimits.Of(confidenceType, at, error, reach);
            (lower[i], upper[i]) = (Finite(limits.Lower), Finite(limits.Upper));
        }

        return new(
            group, rows, events, Half(times, [.. survival]), [Half(times, lower), Half(times, upper)],
            times, [.. points.Select(p => p.AtRisk)], [.. points.Select(p => p.Events)], [.. points.Select(p => p.Censored)],
            survival, errors, lower, upper);
    }

    /// <summary>The first time at or below one half; halfway to the next step where the curve runs along one half.</summary>
    private static double? Half(double[] times, double?[] curve)
    {
        for (var i = 0; i < times.Length; i++)
        {
            if (!(curve[i] < 0.5 + Tolerance))
                continue;
            if (Math.Abs(curve[i]!.Value - 0.5) >= Tolerance)
                return times[i];
            for (var j = i + 1; j < times.Length; j++)
            {
                if (curve[j] < curve[i])
                    return (times[i] + times[j]) / 2;
            }

            return times[i];
        }

        return null;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
