using Vantage.NodeAgent.Data.Rows;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>A table, view or query of a database behind ODBC as a source: one statement, read as a stream of blocks.</summary>
internal sealed class OdbcSource(OdbcSettings settings) : IDataSource
{
    private readonly OdbcFaults faults = new(settings);
    private readonly string sql = settings.Query ?? $"SELECT * FROM {settings.Table}";

    public string Id => settings.Id;

    /// <summary>A database says of no table whether it changed.</summary>
    public string? Stamp(DateTimeOffset now) => null;

    public Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken) => Snapshots.TakeAsync(path, () =>
    {
        try
        {
            return Use((session, held, _) => Copy(session, held, columns, path, inBlocks: OdbcBlocks.Fits(held), cancellationToken), cancellationToken);
        }
        catch (OdbcLongCell)
        {
            // Once more and from the beginning: what was written is of another statement, and goes.
            File.Delete(path);
            return Use((session, held, _) => Copy(session, held, columns, path, inBlocks: false, cancellationToken), cancellationToken);
        }
    }, cancellationToken);

    /// <summary>Signs in, and looks at the user and the columns.</summary>
    public string Look(CancellationToken cancellationToken) =>
        Use((_, columns, rights) => $"{columns.Count} columns, {rights}", cancellationToken);

    private T Use<T>(Func<OdbcSession, IReadOnlyList<OdbcColumn>, string, T> use, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var slow = new CancellationTokenSource(settings.Timeout);
        try
        {
            using var session = new OdbcSession(settings.ConnectionString(settings.Password.Read(faults.Source)), settings.Timeout);
            using var stop = cancellationToken.UnsafeRegister(_ => session.Cancel(), null);
            using var end = slow.Token.UnsafeRegister(_ => session.Cancel(), null);
            var rights = OdbcRights.Check(session, faults);
            session.Execute(sql);
            var columns = Checked(session.Columns());
            if (session.Database == "SQLite")
            {
                SqliteTexts.Check(session, sql, columns, faults);
                session.Execute(sql);
            }

            return use(session, columns, rights);
        }
        catch (OdbcFault e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw slow.IsCancellationRequested ? faults.TooLong() : faults.Of(e);
        }
        catch (DllNotFoundException)
        {
            throw faults.NotInstalled();
        }
    }

    private IReadOnlyList<OdbcColumn> Checked(IReadOnlyList<OdbcColumn> columns) =>
        columns.Count == 0 ? throw faults.NoRows()
        : columns.CountBy(column => column.Name).FirstOrDefault(name => name.Value > 1).Key is { } twice ? throw faults.SameName(twice)
        : columns;

    private Snapshot Copy(
        OdbcSession session, IReadOnlyList<OdbcColumn> held, ColumnChoice choice, string path, bool inBlocks, CancellationToken cancellationToken)
    {
        var types = held.ToDictionary(c => c.Name, c => settings.Types.TryGetValue(c.Name, out var type) ? type : c.Natural ?? ColumnType.Text, StringComparer.Ordinal);
        if (settings.Types.Keys.FirstOrDefault(name => !types.ContainsKey(name)) is { } absent)
        {
            throw faults.DeclaredNotThere(absent);
        }

        var extractor = new RowExtractor(faults, new CellRules('.', settings.Missing, types))
        {
            Hidden = held.Where(column => column.Natural is null).ToDictionary(column => column.Name, _ => "bytes", StringComparer.Ordinal),
        };
        var lines = LineMap.OfRows(settings.Table ?? settings.Id, mayBreakLines: true);
        OdbcRows rows = null!;
        rows = new OdbcRows(inBlocks ? new OdbcBlocks(session, held) : new OdbcPieces(session, held, column => rows.TooLarge(column)), held, faults);
        using var table = new DigestedRows(rows);
        return extractor.Take(table, path, choice, lines, () => table.Content, cancellationToken);
    }
}
