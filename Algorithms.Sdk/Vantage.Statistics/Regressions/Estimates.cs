namespace Vantage.Statistics.Regressions;

/// <summary>Coefficients with what is known of their uncertainty, ready for the maps of a result.</summary>
internal sealed class Estimates
{
    private readonly IReadOnlyList<string> names;
    private readonly double?[] values;
    private readonly double?[,] covariance;
    private readonly Func<double, double> tail;
    private readonly double quantile;

    /// <param name="names">All coefficients.</param>
    /// <param name="known">The places of those that are estimated.</param>
    /// <param name="values">One for each of these.</param>
    /// <param name="covariance">Of these; null where the spread cannot be told.</param>
    /// <param name="tail">The two-sided tail of the statistic.</param>
    /// <param name="quantile">How many standard errors an interval reaches.</param>
    public Estimates(
        IReadOnlyList<string> names,
        IReadOnlyList<int> known,
        IReadOnlyList<double> values,
        Func<int, int, double?> covariance,
        Func<double, double> tail,
        double quantile)
    {
        (this.names, this.tail, this.quantile) = (names, tail, quantile);
        this.values = new double?[names.Count];
        this.covariance = new double?[names.Count, names.Count];
        for (var i = 0; i < known.Count; i++)
        {
            this.values[known[i]] = values[i];
            for (var j = 0; j < known.Count; j++)
                this.covariance[known[i], known[j]] = covariance(i, j) is { } own && double.IsFinite(own) ? own : null;
        }
    }

    public static Estimates None(IReadOnlyList<string> names) => new(names, [], [], (_, _) => null, _ => 1, 0);

    public IReadOnlyDictionary<string, double?> Coefficients => Map(i => values[i]);

    public IReadOnlyDictionary<string, double?> StandardErrors => Map(Error);

    public IReadOnlyDictionary<string, double?> Statistics => Map(Statistic);

    public IReadOnlyDictionary<string, double?> PValues => Map<double?>(i => Statistic(i) is { } s ? tail(s) : null);

    public IReadOnlyDictionary<string, IReadOnlyList<double>?> ConfidenceIntervals => Map<IReadOnlyList<double>?>(i =>
        Error(i) is { } error && values[i] is { } value
            ? [value - (quantile * error), value + (quantile * error)]
            : null);

    public IReadOnlyList<IReadOnlyList<double?>> Covariance =>
        [.. names.Select((_, i) => (IReadOnlyList<double?>)[.. names.Select((_, j) => covariance[i, j])])];

    private double? Error(int i) => covariance[i, i] is { } variance ? Math.Sqrt(variance) : null;

    /// <summary>None where the error is zero: JSON has no infinity, and a perfect fit has no test.</summary>
    private double? Statistic(int i) =>
        Error(i) is { } error && error > 0 && values[i] / error is { } ratio && double.IsFinite(ratio) ? ratio : null;

    private Dictionary<string, T> Map<T>(Func<int, T> value) =>
        names.Select((name, i) => (name, i)).ToDictionary(n => n.name, n => value(n.i), StringComparer.Ordinal);
}
