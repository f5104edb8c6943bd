using System.Text;

namespace Vantage.Algorithms.Results.Charts;

/// <summary>One series: its band, its line or bars, its marks.</summary>
internal static class SvgSeries
{
    public static void Add(StringBuilder svg, ChartSeries series, string colour, SvgPlane plane)
    {
        if (series.Kind is ChartKind.Bars or ChartKind.PaleBars)
        {
            AddBars(svg, series, colour, plane);
            return;
        }

        var isStep = series.Kind == ChartKind.Steps;
        var band = series.Points.Where(p => p is { Lower: not null, Upper: not null }).ToList();
        if (band.Count > 1)
        {
            var (upper, lower) = (Path(band.Select(p => (p.X, p.Upper!.Value)), isStep), Path(band.Select(p => (p.X, p.Lower!.Value)), isStep));
            lower.Reverse();
            svg.Append($"<path d=\"M{Joined([.. upper, .. lower], plane)}Z\" fill=\"{colour}\" fill-opacity=\"0.15\"/>\n");
        }

        var line = Path(series.Points.Select(p => (p.X, p.Y)), isStep);
        if (line.Count > 0)
        {
            var dashes = series.Kind == ChartKind.Guide ? " stroke-dasharray=\"5 4\"" : "";
            svg.Append($"<path d=\"M{Joined(line, plane)}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\"{dashes}/>\n");
        }

        foreach (var mark in series.Marks)
            svg.Append($"<path d=\"M{plane.Point(mark.X, mark.Y)}m0 -4v8\" stroke=\"{colour}\" stroke-width=\"1.2\"/>\n");
    }

    private static void AddBars(StringBuilder svg, ChartSeries series, string colour, SvgPlane plane)
    {
        var opacity = series.Kind == ChartKind.Bars ? "0.75" : "0.3";
        foreach (var (from, to) in series.Points.Zip(series.Points.Skip(1)).Where(p => p.First.Y > 0))
        {
            svg.Append($"<path d=\"M{plane.Point(from.X, 0)}V{plane.Y(from.Y)}H{plane.X(to.X)}V{plane.Y(0)}Z\" fill=\"{colour}\"");
            svg.Append($" fill-opacity=\"{opacity}\" stroke=\"#fff\"/>\n");
        }
    }

    /// <summary>A step stays level until the next point.</summary>
    private static List<(double X, double Y)> Path(IEnumerable<(double X, double Y)> points, bool isStep)
    {
        var path = new List<(double X, double Y)>();
        foreach (var point in points)
        {
            if (isStep && path.Count > 0)
                path.Add((point.X, path[^1].Y));
            path.Add(point);
        }

        return path;
    }

    private static string Joined(IEnumerable<(double X, double Y)> points, SvgPlane plane) =>
        string.Join('L', points.Select(p => plane.Point(p.X, p.Y)));
}
