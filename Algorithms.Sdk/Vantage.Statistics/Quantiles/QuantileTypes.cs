namespace Vantage.Statistics.Quantiles;

/// <summary>Which of the sorted values a quantile is made of: (1 − <paramref name="Part"/>)·x[Lower] + Part·x[Upper], counted from 1.</summary>
internal readonly record struct QuantilePlace(long Lower, long Upper, double Part)
{
    /// <remarks>A part a little below zero is rounding, which R takes for none.</remarks>
    public double Of(Func<long, double> sorted)
    {
        var (low, high) = (sorted(Lower), sorted(Upper));
        return Part <= 0 || low == high ? low : Part == 1 ? high : ((1 - Part) * low) + (Part * high);
    }
}

/// <summary>The nine types of Hyndman, Fan: Sample Quantiles in Statistical Packages (1996), rounded where R rounds.</summary>
internal static class QuantileTypes
{
    public const int Default = 7;

    private const double Fuzz = 4.0 / (1L << 52);

    public static QuantilePlace Of(int type, double probability, long count) => type switch
    {
        1 => Discontinuous(count * probability, count, (nppm, j) => nppm > j ? 1 : 0),
        2 => Discontinuous(count * probability, count, (nppm, j) => nppm > j ? 1 : 0.5),
        3 => Discontinuous((count * probability) - 0.5, count, (nppm, j) => nppm != j || Math.Abs(j % 2) == 1 ? 1 : 0),
        4 => Continuous(probability, count, 0, 1),
        5 => Continuous(probability, count, 0.5, 0.5),
        6 => Continuous(probability, count, 0, 0),
        8 => Continuous(probability, count, 1.0 / 3, 1.0 / 3),
        9 => Continuous(probability, count, 3.0 / 8, 3.0 / 8),
        _ => Seventh(probability, count),
    };

    private static QuantilePlace Seventh(double probability, long count)
    {
        var index = 1 + ((count - 1) * probability);
        return Place((long)Math.Floor(index), (long)Math.Ceiling(index), index - Math.Floor(index), count);
    }

    private static QuantilePlace Discontinuous(double nppm, long count, Func<double, double, double> part)
    {
        var j = Math.Floor(nppm);
        return Place((long)j, (long)j + 1, part(nppm, j), count);
    }

    private static QuantilePlace Continuous(double probability, long count, double a, double b)
    {
        var nppm = a + (probability * (count + 1 - a - b));
        var j = Math.Floor(nppm + Fuzz);
        var part = nppm - j;
        return Place((long)j, (long)j + 1, Math.Abs(part) < Fuzz ? 0 : part, count);
    }

    private static QuantilePlace Place(long lower, long upper, double part, long count) =>
        new(Math.Clamp(lower, 1, count), Math.Clamp(upper, 1, count), part);
}
