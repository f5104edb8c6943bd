using System.ComponentModel;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Ranges;

/// <summary>Where the values of columns lie.</summary>
/// <param name="Columns">Columns of numbers, each once.</param>
public sealed record RangeArguments(
    [property: ColumnNames]
    [property: Description("Columns of numbers.")]
    IReadOnlyList<string> Columns) : IArguments
{
    private const int Most = 100;

    /// <inheritdoc/>
    public void Check() => Check(Columns);

    internal static void Check(IReadOnlyList<string> columns)
    {
        if (columns.Count is 0 or > Most)
            throw new ArgumentsInvalidException("columns", $"one to {Most}.");
        if (columns.Any(string.IsNullOrEmpty))
            throw new ArgumentsInvalidException("columns", "a column's name is empty.");
        if (columns.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw new ArgumentsInvalidException("columns", $"'{twice.Key}' is named twice.");
    }
}

/// <summary>What one site returns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="IsExact">Whether the bounds are the smallest and largest values; if not, these lie somewhere between.</param>
/// <param name="Columns">In the order asked for.</param>
/// <param name="Suppressed">What was held back, by column.</param>
public sealed record RangePartial(
    [property: Discloses(DisclosureKind.Word)] bool IsExact,
    IReadOnlyList<ColumnRange> Columns,
    [property: Discloses(DisclosureKind.Suppressed)] IReadOnlyList<Suppressed> Suppressed);

/// <param name="Name">The column.</param>
/// <param name="Rows">Values that are there; 0 where so few may not be told.</param>
/// <param name="Missing">Values that are not; null where that may not be told.</param>
/// <param name="Bounds">Lower and upper end; null without values, or where they may not be told.</param>
public sealed record ColumnRange(
    [property: Discloses(DisclosureKind.Name)] string Name,
    [property: Discloses(DisclosureKind.Rows, Rounded = true)] long Rows,
    [property: Discloses(DisclosureKind.Count)] long? Missing,
    [property: Discloses(DisclosureKind.Bounds)] IReadOnlyList<double>? Bounds);
