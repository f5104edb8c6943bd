using Vantage.Algorithms.Results.Charts;

namespace Vantage.Statistics.Histograms;

/// <summary>Bins as bars: as high as their counts, or as their densities where they are not equally wide; paler where a site does not tell its own.</summary>
internal static class HistogramChart
{
    private const double Same = 1e-6;

    public static Chart Of(HistogramResult r)
    {
        double[] widths = [.. r.Edges.Zip(r.Edges.Skip(1), (a, b) => b - a)];
        var areEqual = widths.All(w => Math.Abs(w - widths[0]) <= Same * widths[0]);
        var most = Enumerable.Range(0, widths.Length).Select(i => Math.Max(Height(i, r.Counts[i] ?? 0), Height(i, r.AtLeast[i]))).DefaultIfEmpty(0).Max();
        var areAllTold = r.Counts.All(c => c is not null);
        return new(
            r.Column,
            new(r.Column, r.Edges[0], r.Edges[^1]),
            new(areEqual ? "count" : "density", 0, most > 0 ? most * 1.05 : 1),
            [
                new(areAllTold ? "" : "count", ChartKind.Bars, Bars(i => r.Counts[i] ?? 0)),
                .. areAllTold ? (ChartSeries[])[] : [new("at least", ChartKind.PaleBars, Bars(i => r.Counts[i] is null ? r.AtLeast[i] : 0))],
            ]);

        IReadOnlyList<ChartPoint> Bars(Func<int, long> count) =>
            [.. widths.Select((_, i) => new ChartPoint(r.Edges[i], Height(i, count(i)))), new(r.Edges[^1], 0)];

        double Height(int bin, long count) => areEqual ? count : count / (Math.Max(1, r.Count) * widths[bin]);
    }
}
