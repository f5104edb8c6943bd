using System.ComponentModel;
using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Summaries;

/// <param name="Columns">
/// Which columns, each of which must hold numbers at every site. Null: all that do, and the result says which were left
/// out and why.
/// </param>
public sealed record SummaryArguments(
    [property: ColumnNames]
    [property: Description("Columns that hold numbers at every site; leave out for all of them.")]
    IReadOnlyList<string>? Columns = null) : IArguments
{
    /// <inheritdoc/>
    public void Check()
    {
        if (Columns is null)
            return;
        if (Columns.Count == 0)
            throw new ArgumentsInvalidException("columns", "name at least one, or leave the argument out for all.");
        if (Columns.Any(string.IsNullOrEmpty))
            throw new ArgumentsInvalidException("columns", "a column's name is empty.");
        if (Columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw new ArgumentsInvalidException("columns", $"'{twice.Key}' is named twice.");
    }
}
