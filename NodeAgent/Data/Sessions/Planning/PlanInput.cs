using Vantage.DuckDb;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Sessions.Planning;

/// <summary>One table that steps may read: a snapshot of a source, or a frame.</summary>
/// <param name="Path">A file with commas, quotes, a header and line feeds.</param>
/// <param name="Decimal">How its numbers are written.</param>
/// <param name="Missing">Cells that mean "missing", besides empty ones.</param>
internal sealed record PlanInput(string Label, string Path, string Decimal, IReadOnlyList<string> Missing, FrameShape Shape)
{
    /// <summary>The file has a last column that says which rows of sources its rows are.</summary>
    public bool HasKeys { get; init; }

    public static PlanInput Of(string label, Snapshot snapshot, FrameShape shape) =>
        new(label, snapshot.Path, snapshot.Options?.Decimal ?? ".", snapshot.Options?.Missing ?? ["NA"], shape) { HasKeys = snapshot.HasKeys };

    /// <summary>
    /// Reads it: numbers finite or missing, texts not empty or missing, rows numbered in their order. What DuckDB takes to plan a
    /// statement grows with the square of what it computes, and memory with its columns: name those that are needed.
    /// </summary>
    /// <param name="columns">Of the file, by their names.</param>
    public string Read(IReadOnlyList<PlanColumn> columns)
    {
        var places = Shape.Columns.Index().ToDictionary(column => column.Item.Name, column => $"f{column.Index}", StringComparer.Ordinal);
        var held = columns.Select(column => $", {Value(column.Type, places[column.Name])} AS {column.Id}");
        var types = Shape.Columns.Select((_, i) => $"'f{i}': 'VARCHAR'").Concat(HasKeys ? ["'k': 'VARCHAR'"] : []);
        return $"SELECT row_number() OVER () AS n, k{string.Concat(held)} FROM (SELECT {(HasKeys ? "k" : "CAST(NULL AS VARCHAR) AS k")}{string.Concat(columns.Select(column => $", {Number(column, places[column.Name])} AS {places[column.Name]}"))}"
            + $" FROM read_csv({DuckSession.Quoted(Path)}, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"',"
            + $" max_line_size = 16777216, buffer_size = 33554432, columns = {{{string.Join(", ", types)}}}))";
    }

    private string Number(PlanColumn column, string cell)
    {
        var present = Missing.Count == 0 ? $"nullif({cell}, '')"
            : $"CASE WHEN {cell} IN ('', {string.Join(", ", Missing.Select(DuckSession.Quoted))}) THEN NULL ELSE {cell} END";
        return column.Type == ColumnType.Text ? present
            : $"TRY_CAST({(Decimal == "," ? $"replace({present}, ',', '.')" : present)} AS DOUBLE)";
    }

    private static string Value(ColumnType type, string cell) =>
        type == ColumnType.Text ? cell : $"CASE WHEN isfinite({cell}) THEN {cell} END";
}
