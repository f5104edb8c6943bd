using System.Collections.Immutable;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Sessions.Planning;

/// <summary>A column as the site's admin knows it.</summary>
internal sealed record Origin(string Source, string Column);

/// <param name="From">Every column of a source that its values depend on.</param>
internal sealed record ShapeColumn(string Name, ColumnType Type, ImmutableHashSet<Origin> From);

/// <summary>
/// A table's columns, and where all of it comes from: what a policy says of sources holds for whatever was made of them.
/// </summary>
/// <param name="Rows">Every column of a source that decides which rows there are.</param>
/// <param name="Sources">All that it was made of, whether or not a column of it is left.</param>
internal sealed record FrameShape(IReadOnlyList<ShapeColumn> Columns, ImmutableHashSet<Origin> Rows, ImmutableHashSet<string> Sources)
{
    public static FrameShape OfSource(string source, IEnumerable<ColumnSchema> columns) => new(
        [.. columns.Select(column => new ShapeColumn(column.Name, column.Type, [new Origin(source, column.Name)]))], [], [source]);
}
