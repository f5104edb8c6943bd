using System.ComponentModel;
using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Crosstabs;

/// <param name="Rows">The column whose levels are the rows of the table.</param>
/// <param name="Columns">The column whose levels are its columns; null for a one-way table.</param>
/// <param name="Layers">The column of whose levels each has a table of its own; null for a one- or two-way table.</param>
/// <param name="IncludeMissing">
/// Whether a missing value is a level of its own, the last. If not, rows in which one of the columns is missing take no part.
/// </param>
public sealed record CrosstabArguments(
    [property: Description("The column whose levels are the table's rows.")] string Rows,
    [property: Description("The column whose levels are its columns; leave out for a one-way table.")] string? Columns = null,
    [property: Description("The column of whose levels each gets a table.")] string? Layers = null,
    [property: Description("Whether missing is a level of its own; false unless told.")] bool IncludeMissing = false) : IArguments
{
    internal IReadOnlyList<string> Variables => [.. new[] { Rows, Columns, Layers }.OfType<string>()];

    /// <inheritdoc/>
    public void Check()
    {
        foreach (var (name, column) in new[] { ("rows", Rows), ("columns", Columns), ("layers", Layers) })
        {
            if (column is { Length: 0 })
                throw new ArgumentsInvalidException(name, "name a column.");
        }

        if (Layers is not null && Columns is null)
            throw new ArgumentsInvalidException("layers", "a table with layers has columns too: name them in 'columns'.");
        if (Variables.Distinct(StringComparer.Ordinal).Count() < Variables.Count)
            throw new ArgumentsInvalidException(Layers is null ? "columns" : "layers", "a column is named twice.");
    }
}

/// <summary>The first round: which levels a site has.</summary>
/// <param name="Columns">One to three columns.</param>
/// <param name="IncludeMissing">Whether missing is a level.</param>
public sealed record LevelsArguments(
    [property: ColumnNames]
    [property: Description("One to three columns.")]
    IReadOnlyList<string> Columns,
    [property: Description("Whether missing is a level.")] bool IncludeMissing) : IArguments
{
    /// <summary>Columns to read as text, which other sites' are; null where types are not known yet.</summary>
    [Description("Columns to read as text, since they hold text at other sites.")]
    public IReadOnlyList<string>? Texts { get; init; }

    /// <inheritdoc/>
    public void Check() => CrosstabColumns.ThrowIfNone(Columns);
}

/// <summary>The second round: how many rows each combination of levels has.</summary>
/// <param name="Columns">One to three columns.</param>
/// <param name="Texts">Which of them are read as text; the others as numbers.</param>
/// <param name="Levels">The agreed levels of each; null stands for missing, and is the last.</param>
public sealed record CountsArguments(
    [property: ColumnNames]
    [property: Description("One to three columns.")]
    IReadOnlyList<string> Columns,
    [property: Description("Which of them are read as text.")] IReadOnlyList<string> Texts,
    [property: Description("The agreed levels of each; null stands for missing.")]
    IReadOnlyList<IReadOnlyList<string?>> Levels) : IArguments
{
    /// <inheritdoc/>
    public void Check()
    {
        CrosstabColumns.ThrowIfNone(Columns);
        if (Levels.Count != Columns.Count || Levels.Any(l => l.Count == 0 || l.Take(l.Count - 1).Contains(null)))
            throw new ArgumentsInvalidException("levels", "each column has its own, missing as the last.");
        CrosstabColumns.ThrowIfTooMany(Levels);
    }
}
