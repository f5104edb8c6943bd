using System.Globalization;
using Vantage.DuckDb;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>One column of a file that says itself what its columns hold.</summary>
/// <param name="Name">As the file has it.</param>
/// <param name="Held">DuckDB's name of its type.</param>
internal sealed record DuckColumn(string Name, string Held)
{
    /// <summary>Null for lists, structures and bytes, which are no cells of a table.</summary>
    public ColumnType? Natural =>
        Held is "BOOLEAN" or "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UTINYINT" or "USMALLINT" or "UINTEGER"
            or "UBIGINT" or "UHUGEINT" or "FLOAT" or "DOUBLE" || Is("DECIMAL(") ? ColumnType.Number
        : Held is "VARCHAR" or "DATE" or "UUID" or "INTERVAL" || Is("TIME") || Is("ENUM(") ? ColumnType.Text
        : null;

    /// <summary>What it holds, for columns without cells.</summary>
    public string Words => Held is "BLOB" or "BIT" ? "bytes"
        : Held.EndsWith(']') ? "lists"
        : Is("STRUCT") || Is("MAP") ? "structures"
        : "values of a kind that is not read";

    /// <summary>Of decimals: how many digits they have.</summary>
    public int? Digits => Is("DECIMAL(") ? int.Parse(Held[Held.IndexOf('(', StringComparison.Ordinal)..].Trim('(', ')').Split(',')[0], CultureInfo.InvariantCulture) : null;

    /// <summary>Reads the column as what it holds, or was declared to hold.</summary>
    public string Expression(ColumnType type, IReadOnlyList<string> missing)
    {
        var name = DuckSession.Named(Name);
        return type == ColumnType.Number ? Number(name, missing) : Text(Held == "VARCHAR" ? name : $"CAST({name} AS VARCHAR)", missing);
    }

    /// <summary>Where it says so but holds none: only texts can be declared to be numbers and not be.</summary>
    public string? Slip(ColumnType type, IReadOnlyList<string> missing) => type == ColumnType.Number && Natural == ColumnType.Text
        ? $"{Text($"CAST({DuckSession.Named(Name)} AS VARCHAR)", missing)} IS NOT NULL AND {Number(DuckSession.Named(Name), missing)} IS NULL"
        : null;

    private bool Is(string prefix) => Held.StartsWith(prefix, StringComparison.Ordinal);

    private string Number(string name, IReadOnlyList<string> missing)
    {
        // A float is widened, not written out: 0.1f is no 0.1. What is exact as decimals stays so.
        var value = Natural == ColumnType.Text ? $"TRY_CAST({Text($"CAST({name} AS VARCHAR)", missing)} AS DOUBLE)"
            : Held == "FLOAT" ? $"CAST({name} AS DOUBLE)"
            : Held == "BOOLEAN" ? $"CAST({name} AS TINYINT)"
            : name;
        var codes = missing.Where(code => double.TryParse(code, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            .Select(code => $"CAST({DuckSession.Quoted(code)} AS DOUBLE)").ToList();
        return codes.Count == 0 ? value : $"CASE WHEN {value} IN ({string.Join(", ", codes)}) THEN NULL ELSE {value} END";
    }

    private static string Text(string value, IReadOnlyList<string> missing) => missing.Count == 0 ? value
        : $"CASE WHEN {value} IN ({string.Join(", ", missing.Select(DuckSession.Quoted))}) THEN NULL ELSE {value} END";
}
