namespace Vantage.Protocol.Algorithms;

/// <summary>One read-only snapshot of what the node's policy allowed this run to see.</summary>
public sealed record RunData
{
    /// <summary>The name by which the task's manifest and the error texts speak of it.</summary>
    public required string Label { get; init; }

    public required string Path { get; init; }

    /// <summary>One of <see cref="DataFormats"/>.</summary>
    public required string Format { get; init; }

    /// <summary>The types the data's owner declared. Columns that are not listed have their type found by reading.</summary>
    public IReadOnlyList<ColumnSchema>? Schema { get; init; }

    /// <summary>How to read a CSV file; null means all defaults.</summary>
    public CsvOptions? Options { get; init; }
}

public static class DataFormats
{
    public const string Csv = "csv";

    /// <summary>For programs whose manifest says that they read it, of sources that give it.</summary>
    public const string Parquet = "parquet";
}

/// <summary>How a CSV file is written. The defaults are RFC 4180 in UTF-8 with a header line.</summary>
/// <remarks>
/// Defaults stand in the constructor since source-generated JSON forgets the initialisers of <c>init</c> properties.
/// </remarks>
/// <param name="Delimiter">What stands between two cells, one character.</param>
/// <param name="Encoding">
/// One of <c>utf-8</c>, <c>utf-16</c>, <c>utf-16BE</c>, <c>iso-8859-1</c>, <c>windows-1252</c>. A byte order mark wins
/// over it.
/// </param>
/// <param name="Decimal">What stands before the fraction of a number: <c>.</c> or <c>,</c>.</param>
/// <param name="Header">
/// Without a header line the columns are called <c>column1</c>, <c>column2</c>, …
/// </param>
/// <param name="Missing">
/// Cells that mean "missing", compared exactly after surrounding spaces and tabs are cut off; null means just
/// <c>NA</c>. An empty cell and, in a number column, <c>NaN</c> mean missing whatever is listed here.
/// </param>
public sealed record CsvOptions(
    string Delimiter = ",",
    string Encoding = "utf-8",
    string Decimal = ".",
    bool Header = true,
    IReadOnlyList<string>? Missing = null);
