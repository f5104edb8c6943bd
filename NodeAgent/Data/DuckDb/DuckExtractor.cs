using Vantage.DuckDb;
using Vantage.NodeAgent.Data.Rows;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>Copies the chosen columns of all rows, in their order.</summary>
internal sealed class DuckExtractor(ParquetSettings settings, DuckFaults faults, DuckSession session, IReadOnlyList<string> files)
{
    private string table = "";
    private IReadOnlyList<DuckColumn> all = [];

    /// <summary>How snapshots are written: what means "missing" was left out already.</summary>
    public static CsvOptions Written { get; } = new(Missing: []);

    public IReadOnlyList<(DuckColumn Column, ColumnType Type)> Choose(ColumnChoice choice)
    {
        (table, all) = DuckTable.Open(session, faults, files);
        var columns = all;
        if (settings.Types.Keys.FirstOrDefault(name => columns.All(column => column.Name != name)) is { } absent)
        {
            throw faults.DeclaredNotThere(absent);
        }

        // Who names no columns gets those that a table can hold; who names one of the others is told.
        IReadOnlyList<DuckColumn> offered = choice.Asked is null ? [.. columns.Where(column => column.Natural is not null)] : columns;
        var places = ColumnChooser.Places(faults, [.. offered.Select(column => column.Name)], choice);
        return [.. places.Select(place => (offered[place], settings.Types.TryGetValue(offered[place].Name, out var declared)
            ? declared : offered[place].Natural ?? throw faults.NoCells(offered[place].Name, offered[place].Words)))];
    }

    public long Copy(IReadOnlyList<(DuckColumn Column, ColumnType Type)> chosen, string path, ColumnChoice choice, Digest content)
    {
        foreach (var (column, type) in chosen)
        {
            if (column.Slip(type, settings.Missing) is { } slip)
            {
                CheckNumbers(column, slip);
            }
        }

        if (choice.Watch is { } watch && !watch.Knows(content))
        {
            DuckWatch.Show(watch, session, table, all, [.. chosen.Select(c => c.Column.Expression(c.Type, settings.Missing))]);
        }

        var columns = chosen.Select(c => $"{Expression(c.Column, c.Type)} AS {DuckSession.Named(c.Column.Name)}")
            .Concat(choice.WithKeys ? [DuckWatch.Key(settings.Id, all)] : []);
        try
        {
            return session.Run($"COPY (SELECT {string.Join(", ", columns)} FROM {table}) TO {DuckSession.Quoted(path)}"
                + $" ({(choice.InParquet ? DuckParquet.Options(chosen.Count) : Csv(chosen))}, USE_TMP_FILE false)");
        }
        catch (DuckException e)
        {
            if (new DuckTexts(session, faults, table).Fault(e, chosen.Select(c => c.Column)) is { } fault)
            {
                throw fault;
            }

            throw;
        }

        string Expression(DuckColumn column, ColumnType type) => choice.InParquet ? DuckParquet.Stored(column, type, settings.Missing)
            : DuckTexts.Checked(column, column.Expression(type, settings.Missing), type);
    }

    /// <summary>Texts stand in quotes, so that the blanks around them belong to them.</summary>
    private static string Csv(IReadOnlyList<(DuckColumn Column, ColumnType Type)> chosen)
    {
        var texts = chosen.Where(c => CsvCopy.IsQuoted(new(c.Column.Name, c.Type))).Select(c => DuckSession.Named(c.Column.Name)).ToList();
        return "FORMAT csv, HEADER" + (texts.Count == 0 ? "" : $", FORCE_QUOTE ({string.Join(", ", texts)})");
    }

    private void CheckNumbers(DuckColumn column, string slip)
    {
        using var found = session.Read(
            $"SELECT min(n) FROM (SELECT row_number() OVER () AS n, {DuckSession.Named(column.Name)} FROM {table}) WHERE {slip}");
        if (found.Next() && !found.IsMissing(0, 0))
        {
            throw faults.NotANumber(column.Name, found.Longs(0)[0]);
        }
    }
}
