using Vantage.Algorithms.Functions;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.TTests;

/// <summary>A mean, or the difference of two, with its standard error, as R's <c>t.test</c> has them.</summary>
internal sealed record MeanDifference(double Estimate, double StandardError, double DegreesOfFreedom)
{
    public static MeanDifference OfOne(Moments group) => group.Count < 2
        ? throw TooFew()
        : new(group.Mean.ToDouble(), Math.Sqrt((group.M2 / (group.Count - 1) / group.Count).ToDouble()), group.Count - 1);

    public static MeanDifference OfTwo(Moments a, Moments b, bool equalVariances)
    {
        if (a.Count == 0 || b.Count == 0 || a.Count + b.Count < 3 || (!equalVariances && (a.Count < 2 || b.Count < 2)))
            throw TooFew();
        var estimate = (a.Mean - b.Mean).ToDouble();
        if (equalVariances)
        {
            var degrees = a.Count + b.Count - 2;
            var variance = ((a.M2 + b.M2) / degrees).ToDouble();
            return new(estimate, Math.Sqrt(variance * ((1.0 / a.Count) + (1.0 / b.Count))), degrees);
        }

        var (first, second) = ((a.M2 / (a.Count - 1) / a.Count).ToDouble(), (b.M2 / (b.Count - 1) / b.Count).ToDouble());
        var sum = first + second;
        return new(
            estimate, Math.Sqrt(sum), sum * sum / ((first * first / (a.Count - 1)) + (second * second / (b.Count - 1))));
    }

    private static DataInvalidException TooFew() =>
        new("There are not enough complete rows for this test: a variance needs two in each group.");
}
