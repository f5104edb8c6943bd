using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Ranges;

namespace Vantage.Statistics.Quantiles;

/// <param name="Columns">Columns of numbers.</param>
/// <param name="Probabilities">Between 0 and 1; 0, 0.25, 0.5, 0.75 and 1 unless told.</param>
/// <param name="Type">How quantiles are made of the sorted values, 1 to 9, as in R's <c>quantile</c>; 7 unless told.</param>
public sealed record QuantileArguments(
    [property: ColumnNames]
    [property: Description("Columns of numbers.")]
    IReadOnlyList<string> Columns,
    [property: Description("Between 0 and 1; the quartiles unless told.")] IReadOnlyList<double>? Probabilities = null,
    [property: Description("1 to 9, as in R; 7 unless told.")] int Type = QuantileTypes.Default) : IArguments
{
    private const int Most = 100;

    internal IReadOnlyList<double> Asked => Probabilities ?? [0, 0.25, 0.5, 0.75, 1];

    /// <inheritdoc/>
    public void Check()
    {
        RangeArguments.Check(Columns);
        if (Asked.Count is 0 or > Most || !Asked.All(p => p is >= 0 and <= 1))
            throw new ArgumentsInvalidException("probabilities", $"one to {Most}, each between 0 and 1.");
        if (Type is < 1 or > 9)
            throw new ArgumentsInvalidException("type", "1 to 9, as in R's quantile.");
    }
}

/// <summary>What a site is asked: how many values lie between the edges of each column.</summary>
/// <param name="Columns">Columns of numbers.</param>
/// <param name="Edges">Of each, ascending.</param>
public sealed record QuantileStep(
    [property: ColumnNames]
    [property: Description("Columns of numbers.")]
    IReadOnlyList<string> Columns,
    [property: Description("Edges for each column, ascending.")] IReadOnlyList<IReadOnlyList<double>> Edges) : IArguments
{
    private const int MostEdges = 20_000;

    /// <inheritdoc/>
    public void Check()
    {
        RangeArguments.Check(Columns);
        if (Edges.Count != Columns.Count || Edges.Sum(e => e.Count) > MostEdges)
            throw new ArgumentsInvalidException("edges", $"each column has its own, {MostEdges} at the most.");
        if (Edges.Any(own => !own.All(double.IsFinite) || own.Zip(own.Skip(1)).Any(e => e.First >= e.Second)))
            throw new ArgumentsInvalidException("edges", "finite numbers, ascending.");
    }
}
