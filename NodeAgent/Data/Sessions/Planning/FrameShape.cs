using System.Collections.Immutable;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Data.Sessions.Planning;

/// <summary>A column as the site's admin knows it.</summary>
internal sealed record Origin(string Source, string Column);

/// <param name="From">Every column of a source that its values depend on.</param>
/// <param name="Made">
/// The same word for columns that have the same values wherever they stand in the same rows: where they come from and what was done to
/// them. Null until it is known.
/// </param>
internal sealed record ShapeColumn(string Name, ColumnType Type, ImmutableHashSet<Origin> From, string? Made = null);

/// <summary>
/// A table's columns, and where all of it comes from: what a policy says of sources holds for whatever was made of them.
/// </summary>
/// <param name="Rows">Every column of a source that decides which rows there are.</param>
/// <param name="Sources">All that it was made of, whether or not a column of it is left.</param>
internal sealed record FrameShape(IReadOnlyList<ShapeColumn> Columns, ImmutableHashSet<Origin> Rows, ImmutableHashSet<string> Sources)
{
    public static FrameShape OfSource(string source, IEnumerable<ColumnSchema> columns) => new(
        [.. columns.Select(column => new ShapeColumn(column.Name, column.Type, [new Origin(source, column.Name)], MadeIn(source, column.Name)))], [], [source]);

    /// <summary>What is not the same anywhere else is called by the frame in which it was made.</summary>
    public FrameShape Of(Digest version) => this with { Columns = [.. Columns.Select(c => c with { Made = c.Made ?? MadeIn(version.ToString(), c.Name) })] };

    /// <summary>A column as it stands in a source, or came to be in a frame.</summary>
    public static string MadeIn(string where, string column) => $"{where}/{column}";

}
