using System.Globalization;

namespace Vantage.Algorithms.Results.Charts;

/// <summary>Where on the picture a point lies. What is beyond an axis lies on its end.</summary>
internal sealed class SvgPlane(ChartAxis x, ChartAxis y, double left, double top, double width, double height)
{
    public string X(double value) => Written(left + (Share(x, value) * width));

    public string Y(double value) => Written(top + ((1 - Share(y, value)) * height));

    public string Point(double atX, double atY) => $"{X(atX)} {Y(atY)}";

    private static double Share(ChartAxis axis, double value) =>
        axis.To > axis.From ? Math.Clamp((value - axis.From) / (axis.To - axis.From), 0, 1) : 0.5;

    private static string Written(double pixel) => pixel.ToString("0.##", CultureInfo.InvariantCulture);
}
