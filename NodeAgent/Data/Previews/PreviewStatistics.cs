using System.Globalization;
using Vantage.DuckDb;
using Vantage.NodeAgent.Data.Dictionaries.Planning;
using Vantage.NodeAgent.Data.DuckDb;
using Vantage.NodeAgent.Data.Sessions.Planning;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Previews;

/// <summary>
/// Reads of each column by itself what a preview is drawn from: nothing that fewer rows than the minimum stand for, no
/// number that is a row's own.
/// </summary>
internal sealed class PreviewStatistics(Snapshot snapshot, DuckSession session, int minimum)
{
    private const int MostIntervals = 20;
    private const int MostLevels = 40;
    private const int FewestSteps = 10;

    private const string Held = "held";

    /// <summary>Some columns at a time, and looked at column by column.</summary>
    public IReadOnlyList<PreviewColumn> Read()
    {
        var input = PlanInput.Of("table", snapshot, FrameShape.OfSource("table", snapshot.Columns));
        var found = new List<PreviewColumn>();
        foreach (var part in CsvParts.Of([.. snapshot.Columns.Select((column, i) => new PlanColumn(column.Name, $"r{i}", column.Type, []))]))
        {
            session.Run($"CREATE OR REPLACE TEMP TABLE {Held} AS {input.Read(part)}");
            found.AddRange(part.Select(Of));
        }

        return found;
    }

    private PreviewColumn Of(PlanColumn column)
    {
        var id = column.Id;
        var present = Count($"count({id})");
        if (present < minimum * 2)
        {
            return new PreviewColumn.Nothing(column.Name);
        }

        var missing = Math.Round((snapshot.Rows - present) * 20.0 / snapshot.Rows) / 20;
        var distinct = Count($"count(DISTINCT {id})");
        if (distinct <= MostLevels && distinct <= present / 3 && Levels(column) is { Count: > 0 } levels)
        {
            return new PreviewColumn.Levels(column.Name, missing, levels);
        }

        if (column.Type == ColumnType.Number)
        {
            return Numbers(column.Name, missing, id, present);
        }

        return Count($"count(try_strptime({id}, '%Y-%m-%d'))") == present
            ? new PreviewColumn.Days(column.Name, missing, Grid($"CAST(date_diff('day', DATE '1970-01-01', CAST({id} AS DATE)) AS DOUBLE)", present, 7, id))
            : new PreviewColumn.Texts(column.Name, missing);
    }

    private PreviewColumn Numbers(string name, double missing, string id, long present)
    {
        var spread = One($"quantile_cont({id}, 0.9) - quantile_cont({id}, 0.1)");
        var step = spread > 0 ? Math.Pow(10, Math.Floor(Math.Log10(spread / FewestSteps))) : 0;
        var isWhole = Count($"count(*) FILTER ({id} <> floor({id}))") == 0;
        step = isWhole ? Math.Max(1, step) : step;
        var grid = step > 0 ? Grid(id, present, step, id) : [];
        return grid.Count > 1 ? new PreviewColumn.Numbers(name, missing, grid, step) : new PreviewColumn.Nothing(name);
    }

    /// <summary>Quantiles that at least the minimum of rows lie beyond and between, rounded to steps.</summary>
    private IReadOnlyList<double> Grid(string value, long present, double step, string id)
    {
        var intervals = (int)Math.Min(MostIntervals, present / minimum);
        var quantiles = Enumerable.Range(1, intervals - 1).Select(i => ((double)i / intervals).ToString("R", CultureInfo.InvariantCulture));
        using var row = session.Read($"SELECT {string.Join(", ", quantiles.Select(q => $"CAST(quantile_cont({value}, {q}) AS DOUBLE)"))} FROM {Held} WHERE {id} IS NOT NULL");
        return row.Next() ? [.. Enumerable.Range(0, intervals - 1).Select(i => Math.Round(row.Doubles(i)[0] / step) * step)] : [];
    }

    private List<(string, long)> Levels(PlanColumn column)
    {
        var (id, text) = (column.Id, ValueSql.Text(column.Sql));
        var levels = new List<(string, long)>();
        using var rows = session.Read($"SELECT {text}, CAST(round(count(*) / 10.0) * 10 AS BIGINT) FROM {Held} WHERE {id} IS NOT NULL GROUP BY {id} HAVING count(*) >= {minimum} ORDER BY {id}");
        while (rows.Next())
        {
            for (var i = 0; i < rows.Rows; i++)
            {
                levels.Add((rows.Text(0, i), rows.Longs(1)[i]));
            }
        }

        return levels;
    }

    private long Count(string what)
    {
        using var row = session.Read($"SELECT CAST({what} AS BIGINT) FROM {Held}");
        return row.Next() ? row.Longs(0)[0] : 0;
    }

    private double One(string what)
    {
        using var row = session.Read($"SELECT CAST({what} AS DOUBLE) FROM {Held}");
        return row.Next() && !row.IsMissing(0, 0) ? row.Doubles(0)[0] : 0;
    }
}
