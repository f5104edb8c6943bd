using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Distributions;

namespace Vantage.Statistics.Correlations;

/// <param name="Columns">Two columns of numbers or more: each pair of them is looked at.</param>
/// <param name="Controls">Columns whose linear influence is taken out of both first: partial correlations.</param>
/// <param name="Use">
/// <c>complete</c>: rows without a missing value in any of the columns, as R's <c>complete.obs</c>. <c>pairwise</c>: for each
/// pair, those without one in these two, as <c>pairwise.complete.obs</c>.
/// </param>
/// <param name="ConfidenceLevel">Of the confidence intervals.</param>
public sealed record CorrelationArguments(
    [property: ColumnNames]
    [property: Description("Two columns of numbers or more.")]
    IReadOnlyList<string> Columns,
    [property: ColumnNames]
    [property: Description("Columns whose influence is taken out first: partial correlations.")]
    IReadOnlyList<string>? Controls = null,
    [property: Description("complete (unless told) or pairwise.")] string Use = MissingValues.Complete,
    [property: Description(ConfidenceLevels.Text)] double ConfidenceLevel = 0.95) : IArguments
{
    /// <inheritdoc/>
    public void Check()
    {
        ConfidenceLevels.ThrowIfNone(ConfidenceLevel);
        if (Columns.Count < 2)
            throw new ArgumentsInvalidException("columns", "name at least two.");
        if (Use is not (MissingValues.Complete or MissingValues.Pairwise))
            throw new ArgumentsInvalidException("use", $"'{MissingValues.Complete}' or '{MissingValues.Pairwise}'.");
        if (Use == MissingValues.Pairwise && Controls is { Count: > 0 })
            throw new ArgumentsInvalidException("use", "partial correlations are over complete rows.");
        Step().Check();
    }

    internal ProductsStep Step() => new([.. Columns, .. Controls ?? []], Use);
}

/// <summary>Which rows take part where values are missing.</summary>
public static class MissingValues
{
    /// <summary>Rows in which no column is missing.</summary>
    public const string Complete = "complete";

    /// <summary>For each pair of columns, rows in which neither is.</summary>
    public const string Pairwise = "pairwise";
}

/// <summary>What a site is asked.</summary>
/// <param name="Columns">Columns of numbers, each once.</param>
/// <param name="Use">Which rows take part.</param>
public sealed record ProductsStep(
    [property: ColumnNames]
    [property: Description("Columns of numbers.")]
    IReadOnlyList<string> Columns,
    [property: Description("complete or pairwise.")] string Use) : IArguments
{
    private const int MostColumns = 200;
    private const int MostPairwise = 50;

    /// <inheritdoc/>
    public void Check()
    {
        if (Columns.Any(string.IsNullOrEmpty))
            throw new ArgumentsInvalidException("columns", "a column's name is empty.");
        if (Columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw new ArgumentsInvalidException("columns", $"'{twice.Key}' is named twice.");
        var most = Use == MissingValues.Pairwise ? MostPairwise : MostColumns;
        if (Columns.Count > most)
            throw new ArgumentsInvalidException("columns", $"{most} at the most.");
    }
}
