using System.Globalization;
using System.Text;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>
/// SQLite's driver gives of a text with a NUL character what stands before it, and says that this is all. So the database is
/// asked whether it has such texts, within the transaction in which it is read.
/// </summary>
internal static class SqliteTexts
{
    /// <summary>A condition of more would be nested deeper than SQLite reads.</summary>
    private const int AtOnce = 500;

    /// <summary>Throws for the first.</summary>
    public static void Check(OdbcSession session, string sql, IReadOnlyList<OdbcColumn> columns, OdbcFaults faults)
    {
        var rows = $"({sql.TrimEnd().TrimEnd(';')}\n)";
        foreach (var some in columns.Where(column => column.Natural is not null).Chunk(AtOnce))
        {
            var cut = string.Join(" OR ", some.Select(IsCut));
            if (Ask(session, $"SELECT 1 FROM {rows} WHERE {cut} LIMIT 1", faults) is not null)
            {
                var row = Ask(session, $"SELECT min(vantage_row) FROM (SELECT row_number() OVER () AS vantage_row, * FROM {rows}) WHERE {cut}", faults);
                var bad = some.FirstOrDefault(column => Ask(session, $"SELECT 1 FROM (SELECT row_number() OVER () AS vantage_row, * FROM {rows}) WHERE vantage_row = {row} AND {IsCut(column)}", faults) is not null);
                throw faults.Nul(long.Parse(row!, CultureInfo.InvariantCulture), (bad ?? some[0]).Name);
            }
        }
    }

    private static string IsCut(OdbcColumn column) => $"instr(CAST(\"{column.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" AS BLOB), X'00') > 0";

    /// <summary>The first cell of the answer; null if there is no row.</summary>
    private static string? Ask(OdbcSession session, string sql, OdbcFaults faults)
    {
        session.Execute(sql);
        var columns = session.Columns();
        using var rows = new OdbcRows(new OdbcPieces(session, columns, _ => faults.NoRows()), columns, faults);
        return rows.Read() ? Encoding.UTF8.GetString(rows.Cell(0)) : null;
    }
}
