namespace Vantage.Algorithms.Results;

/// <summary>One table of a result.</summary>
/// <param name="Name">What the rows are, as a heading: <c>coefficients</c>.</param>
/// <param name="Columns">Headers, each once.</param>
/// <param name="Rows">
/// Cells in the order of the columns: text, long, double, bool, or null where there is no value. Numbers unrounded: how
/// many digits to show is for the reader.
/// </param>
public sealed record ResultTable(
    string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
