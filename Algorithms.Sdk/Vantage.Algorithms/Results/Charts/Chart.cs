namespace Vantage.Algorithms.Results.Charts;

/// <summary>A picture with two axes.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="X">To the right.</param>
/// <param name="Y">Upwards.</param>
/// <param name="Series">Drawn in this order, each in its own colour.</param>
public sealed record Chart(string Title, ChartAxis X, ChartAxis Y, IReadOnlyList<ChartSeries> Series);

/// <param name="Label">What it counts, and in which unit.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
public sealed record ChartAxis(string Label, double From, double To);

/// <param name="Name">In the legend; empty for none there.</param>
/// <param name="Kind">How points are joined.</param>
/// <param name="Points">From left to right.</param>
public sealed record ChartSeries(string Name, ChartKind Kind, IReadOnlyList<ChartPoint> Points)
{
    /// <summary>Points to mark on it, such as those who were censored.</summary>
    public IReadOnlyList<ChartPoint> Marks { get; init; } = [];
}

/// <param name="X">In the unit of its axis.</param>
/// <param name="Y">In the unit of its axis.</param>
/// <param name="Lower">Where a band around it begins; null for none.</param>
/// <param name="Upper">Where the band ends; null for none.</param>
public readonly record struct ChartPoint(double X, double Y, double? Lower = null, double? Upper = null);

/// <summary>How the points of a series are joined.</summary>
public enum ChartKind
{
    /// <summary>Straight from one to the next.</summary>
    Line,

    /// <summary>Straight and dashed, for comparison.</summary>
    Guide,

    /// <summary>Level until the next.</summary>
    Steps,

    /// <summary>A bar from each to the next, as high as the first of the two.</summary>
    Bars,

    /// <summary>The same, paler: what is known to be there at least.</summary>
    PaleBars,
}
