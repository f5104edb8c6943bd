using System.Globalization;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>
/// How a snapshot is written in Parquet: few of the many ways there are, so that the reader beside the data stays small
/// (docs/algorithm-contract.md lists them).
/// </summary>
internal static class DuckParquet
{
    /// <summary>What is held in memory while a group of rows is written, in values.</summary>
    private const int MostValues = 1 << 19;

    private const int MostRows = 122_880;
    private const int FewestRows = 2_048;

    /// <summary>More different values are no levels, and looking for them takes a third of the time.</summary>
    private const int MostLevels = 2_048;

    public static string Options(int columns) => string.Create(CultureInfo.InvariantCulture,
        $"FORMAT parquet, COMPRESSION uncompressed, PARQUET_VERSION V1, WRITE_BLOOM_FILTER false, DICTIONARY_SIZE_LIMIT {MostLevels}, ROW_GROUP_SIZE {Math.Clamp(MostValues / Math.Max(columns, 1), FewestRows, MostRows)}");

    /// <summary>The column's values in one of four physical types. What no number of 64 bits holds is written in digits.</summary>
    public static string Stored(DuckColumn column, ColumnType type, IReadOnlyList<string> missing) =>
        $"CAST({DuckTexts.Checked(column, column.Expression(type, missing), type)} AS {(type == ColumnType.Text ? "VARCHAR" : Held(column))})";

    private static string Held(DuckColumn column) => column.Held switch
    {
        "BOOLEAN" or "TINYINT" or "UTINYINT" or "SMALLINT" or "USMALLINT" or "INTEGER" => "INTEGER",
        "UINTEGER" or "BIGINT" => "BIGINT",
        "UBIGINT" or "HUGEINT" or "UHUGEINT" => "VARCHAR",
        _ when column.Digits is { } digits => digits <= 18 ? column.Held : "VARCHAR",
        _ => "DOUBLE",
    };
}
