using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Distributions;

/// <summary>The argument <c>confidenceLevel</c>, which many analyses take.</summary>
internal static class ConfidenceLevels
{
    public const string Text = "Of the confidence intervals; 0.95 unless told.";

    public static void ThrowIfNone(double level)
    {
        if (level is not (>= 0.01 and <= 0.999999))
            throw new ArgumentsInvalidException("confidenceLevel", "between 0.01 and 0.999999, such as 0.95.");
    }
}
