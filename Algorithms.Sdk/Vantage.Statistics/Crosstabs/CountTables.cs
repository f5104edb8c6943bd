using Vantage.Statistics.Distributions;

namespace Vantage.Statistics.Crosstabs;

/// <summary>Margins, expected counts and tests of a two-way table.</summary>
internal static class CountTables
{
    public static CountTable Of(string? layer, long?[][] counts)
    {
        var rows = counts.Select(Sum).ToArray();
        var columns = Enumerable.Range(0, counts[0].Length).Select(c => Sum(counts.Select(r => r[c]))).ToArray();
        var total = Sum(rows);
        var isTwoWay = rows.Length > 1 && columns.Length > 1 && total > 0;
        var isTested = isTwoWay && !rows.Contains(0) && !columns.Contains(0);
        var isSquare = isTested && rows.Length == 2 && columns.Length == 2;
        var expected = isTwoWay
            ? rows.Select(r => columns.Select(c => (double)r!.Value * c!.Value / total!.Value).ToArray()).ToArray()
            : null;
        return new(
            layer,
            counts,
            rows,
            columns,
            total,
            expected,
            isTested ? Test(counts, expected!, 0) : null,
            isSquare ? Test(counts, expected!, Yates(counts, expected!)) : null,
            isSquare ? FisherExact.Of(counts[0][0]!.Value, counts[0][1]!.Value, counts[1][0]!.Value, counts[1][1]!.Value) : null);
    }

    /// <summary>Null if one of them is: LINQ's own takes null for nothing.</summary>
    private static long? Sum(IEnumerable<long?> counts) => counts.Aggregate((long?)0, (sum, count) => sum + count);

    /// <summary>Half a count, or less where the table is closer than that to what is expected.</summary>
    private static double Yates(long?[][] counts, double[][] expected) =>
        Math.Min(0.5, counts.Zip(expected).SelectMany(r => r.First.Zip(r.Second, (o, e) => Math.Abs(o!.Value - e))).Min());

    private static ChiSquaredTest Test(long?[][] counts, double[][] expected, double correction)
    {
        var statistic = counts.Zip(expected)
            .Sum(r => r.First.Zip(r.Second, (o, e) => Math.Pow(Math.Abs(o!.Value - e) - correction, 2) / e).Sum());
        var degrees = (counts.Length - 1L) * (counts[0].Length - 1);
        return new(statistic, degrees, Tails.ChiSquared(statistic, degrees));
    }
}
