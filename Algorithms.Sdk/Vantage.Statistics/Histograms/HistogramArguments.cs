using System.ComponentModel;
using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Histograms;

/// <param name="Column">A column of numbers.</param>
/// <param name="Bins">
/// About how many: the edges are round numbers, as R's <c>hist(x, breaks = bins)</c> has them. Left out, Sturges' rule, as in R.
/// </param>
/// <param name="Edges">The edges themselves, ascending, in place of <paramref name="Bins"/>.</param>
/// <param name="Right">Whether a bin holds its upper edge and not the lower one, as in R; the outermost edges belong to their bins.</param>
public sealed record HistogramArguments(
    [property: ColumnNames]
    [property: Description("A column of numbers.")]
    string Column,
    [property: Description("About how many bins; by Sturges' rule unless told.")] int? Bins = null,
    [property: Description("The edges themselves, ascending, in place of bins.")] IReadOnlyList<double>? Edges = null,
    [property: Description("Whether a bin holds its upper edge (true unless told) or its lower one.")] bool Right = true) : IArguments
{
    /// <inheritdoc/>
    public void Check()
    {
        if (Column.Length == 0)
            throw new ArgumentsInvalidException("column", "name a column.");
        if (Bins is < 1 or > HistogramStep.MostBins)
            throw new ArgumentsInvalidException("bins", $"between 1 and {HistogramStep.MostBins}.");
        if (Bins is not null && Edges is not null)
            throw new ArgumentsInvalidException("edges", "name either the edges or how many bins.");
        if (Edges is not null)
            HistogramStep.CheckEdges(Edges);
    }
}

/// <summary>What a site is asked.</summary>
/// <param name="Column">A column of numbers.</param>
/// <param name="Edges">Ascending, the same at every site.</param>
/// <param name="Right">Whether a bin holds its upper edge.</param>
public sealed record HistogramStep(
    [property: ColumnNames]
    [property: Description("A column of numbers.")]
    string Column,
    [property: Description("Edges of the bins, ascending.")] IReadOnlyList<double> Edges,
    [property: Description("Whether a bin holds its upper edge.")] bool Right) : IArguments
{
    internal const int MostBins = 1000;

    /// <inheritdoc/>
    public void Check() => CheckEdges(Edges);

    internal static void CheckEdges(IReadOnlyList<double> edges)
    {
        // Rounded numbers of bins are often a few more than were asked for.
        if (edges.Count < 2 || edges.Count > (2 * MostBins) + 1)
            throw new ArgumentsInvalidException("edges", $"2 to {MostBins + 1}.");
        if (!edges.All(double.IsFinite) || edges.Zip(edges.Skip(1)).Any(e => e.First >= e.Second))
            throw new ArgumentsInvalidException("edges", "finite numbers, ascending.");
    }
}
