using System.Globalization;
using System.Security;
using System.Text;

namespace Vantage.Algorithms.Results.Charts;

/// <summary>A chart as a picture that every browser, word processor and journal takes (SVG 1.1): no script, no font, nothing from elsewhere.</summary>
public static class SvgChart
{
    private const int Width = 640;
    private const int Height = 420;
    private const int Left = 64;
    private const int Right = 20;
    private const int Top = 44;
    private const int Bottom = 52;

    /// <summary>Okabe's and Ito's, which people tell apart who do not see all colours.</summary>
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000"];

    /// <summary>The whole file.</summary>
    public static string Of(Chart chart)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img" font-family="sans-serif" font-size="12">
            <title>{Text(chart.Title)}</title>
            <rect width="{Width}" height="{Height}" fill="#fff"/>
            <text x="{Left}" y="24" font-size="15" font-weight="bold">{Text(chart.Title)}</text>

            """);
        var plane = new SvgPlane(chart.X, chart.Y, Left, Top, Width - Left - Right, Height - Top - Bottom);
        AddAxes(svg, chart, plane);
        foreach (var (place, series) in chart.Series.Index())
            SvgSeries.Add(svg, series, Colours[place % Colours.Length], plane);
        AddLegend(svg, chart);
        return svg.Append("</svg>\n").ToString();
    }

    private static void AddAxes(StringBuilder svg, Chart chart, SvgPlane plane)
    {
        var (bottom, right) = (Height - Bottom, Width - Right);
        foreach (var tick in Ticks.Of(chart.X))
        {
            var x = plane.X(tick);
            svg.Append($"<path d=\"M{x} {Top}V{bottom}\" stroke=\"#e5e5e5\"/><text x=\"{x}\" y=\"{bottom + 17}\" text-anchor=\"middle\">{Number(tick)}</text>\n");
        }

        foreach (var tick in Ticks.Of(chart.Y))
        {
            var y = plane.Y(tick);
            svg.Append($"<path d=\"M{Left} {y}H{right}\" stroke=\"#e5e5e5\"/><text x=\"{Left - 7}\" y=\"{y}\" dy=\"4\" text-anchor=\"end\">{Number(tick)}</text>\n");
        }

        svg.Append($"<path d=\"M{Left} {Top}V{bottom}H{right}\" stroke=\"#333\" fill=\"none\"/>\n");
        svg.Append($"<text x=\"{(Left + right) / 2}\" y=\"{Height - 12}\" text-anchor=\"middle\">{Text(chart.X.Label)}</text>\n");
        svg.Append($"<text transform=\"translate(16 {(Top + bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Text(chart.Y.Label)}</text>\n");
    }

    private static void AddLegend(StringBuilder svg, Chart chart)
    {
        var line = 0;
        foreach (var (place, series) in chart.Series.Index().Where(s => s.Item.Name.Length > 0))
        {
            var y = Top + 14 + (16 * line++);
            svg.Append($"<path d=\"M{Width - 40} {y - 4}h16\" stroke=\"{Colours[place % Colours.Length]}\" stroke-width=\"3\"/>");
            svg.Append($"<text x=\"{Width - 46}\" y=\"{y}\" text-anchor=\"end\">{Text(series.Name)}</text>\n");
        }
    }

    private static string Number(double tick) => Math.Abs(tick) < 1e-12 ? "0" : tick.ToString("G6", CultureInfo.InvariantCulture);

    private static string Text(string text) => SecurityElement.Escape(new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]));
}
