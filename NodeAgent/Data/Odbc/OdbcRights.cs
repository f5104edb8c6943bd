using System.Text.RegularExpressions;
using Vantage.NodeAgent.Data.Postgres;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>
/// Whether the user could do more than read. ODBC has no question for that which drivers answer truly, so each kind of
/// database is asked in its own words, and of others it is said that nobody looked.
/// </summary>
internal static partial class OdbcRights
{
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase) { "USAGE", "SELECT", "SHOW VIEW", "SHOW DATABASES" };

    /// <summary>What was found, in words. Throws if the user may write.</summary>
    public static string Check(OdbcSession session, OdbcFaults faults)
    {
        switch (session.Database)
        {
            case "PostgreSQL":
                Refuse(Ask(session, ReadOnlyRole.Sql, faults) is [{ Length: > 0 } may, ..] ? may : null, faults);
                return "read by a user who may do nothing else";
            case "MariaDB" or "MySQL":
                Refuse(Ask(session, "SHOW GRANTS", faults).Select(More).FirstOrDefault(more => more is not null), faults);
                return "read by a user who may do nothing else";
            case "SQLite":
                session.Execute("PRAGMA query_only = ON");
                return "and the database was switched to reading only";
            default:
                return "and whether the user could write, this kind of database was not asked: give the node one who can't";
        }
    }

    /// <summary>What a line of <c>SHOW GRANTS</c> allows besides reading; null if nothing.</summary>
    public static string? More(string grant)
    {
        var match = Grant().Match(grant);
        if (!match.Success)
        {
            return "has a role or rights that the node does not know";
        }

        var more = Columns().Replace(match.Groups["what"].Value, "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(right => !Harmless.Contains(right));
        return more is not null ? $"may {more}" : grant.Contains("WITH GRANT OPTION", StringComparison.OrdinalIgnoreCase) ? "may grant rights to others" : null;
    }

    private static void Refuse(string? may, OdbcFaults faults)
    {
        if (may is not null)
        {
            throw faults.MayWrite(may);
        }
    }

    /// <summary>The first column of the answer.</summary>
    private static List<string> Ask(OdbcSession session, string sql, OdbcFaults faults)
    {
        session.Execute(sql);
        var columns = session.Columns();
        using var rows = new OdbcRows(new OdbcPieces(session, columns, _ => faults.NoRows()), columns, faults);
        var answers = new List<string>();
        while (rows.Read())
        {
            answers.Add(System.Text.Encoding.UTF8.GetString(rows.Cell(0)));
        }

        return answers;
    }

    [GeneratedRegex("^GRANT (?<what>.+?) ON (?!.* ON ).+ TO ", RegexOptions.IgnoreCase)]
    private static partial Regex Grant();

    /// <summary>A right to some columns: SELECT (`a`, `b`).</summary>
    [GeneratedRegex(@"\s*\([^)]*\)")]
    private static partial Regex Columns();
}
