namespace Vantage.Cli.Demo;

/// <summary>
/// Mean and standard deviation of all rows in one place, by the textbook's two passes: on purpose not the code whose
/// result it is compared with.
/// </summary>
internal sealed record PooledSummary(int Count, double Mean, double StandardDeviation)
{
    public static PooledSummary Of(IReadOnlyList<double> values)
    {
        var mean = values.Sum() / values.Count;
        // The second sum takes back what rounding left in the mean.
        var squares = values.Sum(x => (x - mean) * (x - mean));
        var rest = values.Sum(x => x - mean);
        return new(values.Count, mean, Math.Sqrt((squares - (rest * rest / values.Count)) / (values.Count - 1)));
    }

    public double RelativeDifference(double mean, double standardDeviation) =>
        Math.Max(Relative(mean, Mean), Relative(standardDeviation, StandardDeviation));

    private static double Relative(double found, double expected) =>
        found == expected ? 0 : Math.Abs(found - expected) / Math.Max(Math.Abs(expected), double.Epsilon);
}
