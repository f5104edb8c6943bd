using Vantage.DuckDb;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>Texts that no table can hold, found while they are copied, and then looked for.</summary>
internal sealed class DuckTexts(DuckSession session, DuckFaults faults, string table)
{
    private const string Mark = "vantage: NUL";

    /// <summary>A text as it is, unless it has a NUL character.</summary>
    public static string Checked(DuckColumn column, string expression, ColumnType type) => column.Held == "VARCHAR" && type == ColumnType.Text
        ? $"CASE WHEN contains({DuckSession.Named(column.Name)}, chr(0)) THEN error('{Mark}') ELSE {expression} END" : expression;

    /// <summary>Which text it was; null if it was something else.</summary>
    public SourceException? Fault(DuckException stop, IEnumerable<DuckColumn> columns)
    {
        var texts = columns.Where(column => column.Held == "VARCHAR");
        return stop.Message.Contains(Mark, StringComparison.Ordinal) ? texts.Select(Nul).FirstOrDefault(fault => fault is not null)
            : stop.Message.Contains("UTF", StringComparison.OrdinalIgnoreCase) ? texts.Where(IsUnreadable).Select(text => faults.NotUtf8(text.Name)).FirstOrDefault()
            : null;
    }

    private SourceException? Nul(DuckColumn column)
    {
        var name = DuckSession.Named(column.Name);
        using var found = session.Read($"SELECT min(n) FROM (SELECT row_number() OVER () AS n, {name} FROM {table}) WHERE contains({name}, chr(0))");
        return found.Next() && !found.IsMissing(0, 0) ? faults.Nul(column.Name, found.Longs(0)[0]) : null;
    }

    private bool IsUnreadable(DuckColumn column)
    {
        try
        {
            using var read = session.Read($"SELECT max(strlen({DuckSession.Named(column.Name)})) FROM {table}");
            return !read.Next();
        }
        catch (DuckException)
        {
            return true;
        }
    }
}
