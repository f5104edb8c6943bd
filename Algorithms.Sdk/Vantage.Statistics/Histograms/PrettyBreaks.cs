namespace Vantage.Statistics.Histograms;

/// <summary>
/// About so many intervals between round numbers (1, 2 or 5 times a power of ten) that hold a range: R's <c>pretty</c>, with
/// its defaults and <c>min.n = 1</c>, as <c>hist</c> calls it.
/// </summary>
/// <remarks>Becker, Chambers, Wilks: The New S Language (1988); <c>R_pretty</c> of R 4.2.2.</remarks>
internal static class PrettyBreaks
{
    private const double Epsilon = 1.0 / (1L << 52);
    private const double Rounding = 1e-10;
    private const double TowardsLarger = 1.5;
    private const double TowardsFive = 0.5 + (1.5 * TowardsLarger);
    private const double Shrink = 0.75;

    public static double[] Of(double low, double high, int count)
    {
        var unit = Unit(low, high, count);
        var from = Math.Floor((low / unit) + Rounding);
        var to = Math.Ceiling((high / unit) - Rounding);
        while (from * unit > low + (Rounding * unit))
            from--;
        while (to * unit < high - (Rounding * unit) && double.IsFinite((to + 1) * unit))
            to++;
        if (to - from < 0.5)
            (from, to) = Widened(low, high, from, to);
        return Sequence(Math.Min(from * unit, low), Math.Max(to * unit, high), (int)Math.Round(to - from));
    }

    /// <summary>One interval at least.</summary>
    private static (double From, double To) Widened(double low, double high, double from, double to) =>
        low == 0 && from == 0 && high != 0 ? (from, to + 1)
            : high == 0 && to == 0 && low != 0 ? (from - 1, to)
            : from >= 0 ? (from - 1, to)
            : (from, to + 1);

    private static double Unit(double low, double high, int count)
    {
        var range = high - low;
        var cell = Math.Max(Math.Abs(low), Math.Abs(high));
        var slack = (1 + (TowardsFive >= (1.5 * TowardsLarger) + 0.5 ? 1 / (1 + TowardsLarger) : 1.5 / (1 + TowardsFive)))
            * Math.Max(1, count) * Epsilon;
        if (range == 0 && high == 0)
            cell = Shrink;
        else if (range < cell * slack * 3)
            cell = Shrink * (cell > 10 ? 9 + (cell / 10) : cell);
        else
            cell = range / Math.Max(1, count);
        cell = Math.Max(cell, Math.Pow(2, -20) * 2.2250738585072014e-308);

        var power = Math.Pow(10, Math.Floor(Math.Log10(cell)));
        var unit = power;
        if ((2 * power) - cell < TowardsLarger * (cell - unit))
        {
            unit = 2 * power;
            if ((5 * power) - cell < TowardsFive * (cell - unit))
            {
                unit = 5 * power;
                if ((10 * power) - cell < TowardsLarger * (cell - unit))
                    unit = 10 * power;
            }
        }

        return unit;
    }

    /// <summary>As R's <c>seq</c>, with what rounding left of zero taken for zero.</summary>
    private static double[] Sequence(double from, double to, int count)
    {
        var step = (to - from) / count;
        return [.. Enumerable.Range(0, count + 1)
            .Select(i => i == 0 ? from : i == count ? to : from + (i * step))
            .Select(edge => Math.Abs(edge) < 1e-14 * step ? 0 : edge)];
    }
}
