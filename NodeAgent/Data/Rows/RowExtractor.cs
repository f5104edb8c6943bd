using System.Text;
using CsvHelper;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Data.Rows;

/// <summary>Copies the chosen columns of all rows, and finds out on the way what is in them.</summary>
/// <param name="faults">How the source is called.</param>
/// <param name="rules">What its cells mean.</param>
internal sealed class RowExtractor(SourceFaults faults, CellRules rules)
{
    private const int RowsBetweenLooks = 4096;

    /// <summary>Blanks that stood in quotes belong to the cell, and stand in quotes again: whoever reads cuts off others.</summary>
    private static readonly CsvWriterOptions Format = new() { NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace };

    /// <summary>The snapshot's format: what the source's cells mean is told along, the cells are copied as they stand.</summary>
    private CsvOptions Written { get; } = new(Decimal: rules.Decimal.ToString(), Missing: rules.Missing);

    /// <summary>Columns that are read, and that nobody can see, with what they hold: no cells of a table.</summary>
    public IReadOnlyDictionary<string, string> Hidden { get; init; } = new Dictionary<string, string>();

    /// <param name="rows">All of them.</param>
    /// <param name="path">Of the snapshot.</param>
    /// <param name="choice">Which columns.</param>
    /// <param name="lines">Learns where rows stand.</param>
    /// <param name="content">What was read, asked for after the last row.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Snapshot Take(
        TableRows rows, string path, ColumnChoice choice, LineMap lines, Func<Digest> content, CancellationToken cancellationToken)
    {
        IReadOnlyList<ColumnSchema> schema;
        long count;
        using (var snapshot = Durable.CreateFile(path))
        {
            (schema, count) = Copy(rows, snapshot, choice, lines, cancellationToken);
        }

        Snapshots.Finish(path);
        return new Snapshot(path, DataFormats.Csv, Written, schema, count, content(), lines);
    }

    private (IReadOnlyList<ColumnSchema> Columns, long Rows) Copy(
        TableRows rows, Stream to, ColumnChoice choice, LineMap lines, CancellationToken cancellationToken)
    {
        using var writer = CsvWriter.Create(to, Format, leaveOpen: true);
        if (rules.Types.Keys.FirstOrDefault(c => !rows.Columns.Contains(c)) is { } absent)
        {
            throw faults.DeclaredNotThere(absent);
        }

        if (choice.Asked?.FirstOrDefault(Hidden.ContainsKey) is { } none && choice.Allowed?.Contains(none) is not false)
        {
            throw faults.NoCells(none, Hidden[none]);
        }

        var places = ColumnChooser.Places(faults, rows.Columns, Hidden.Count == 0 ? choice : choice.Without(rows.Columns, Hidden.Keys.ToHashSet(StringComparer.Ordinal)));
        var types = new ColumnTypes(rules, rows, places);
        var cells = new CellReading(rules);
        var keys = WatchedRows.KeyColumn(rows);
        writer.WriteRecord([.. places.Select(p => rows.Columns[p]), .. choice.WithKeys ? [RowKeys.Column] : Array.Empty<string>()]);
        var (count, line) = (0L, 2L);
        while (rows.Read())
        {
            lines.Add(line++, rows.Line);
            if (++count % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            foreach (var place in places)
            {
                writer.WriteField(rows.Cell(place));
                line += rows.Cell(place).Count((byte)'\n');
            }

            choice.Watch?.See(rows, places, cells, keys);
            if (choice.WithKeys)
            {
                WriteKey(writer, rows, choice.Watch!, keys);
            }

            writer.EndRecord();
            types.Look();
        }

        writer.Flush();
        return (types.Found(), count);
    }

    private static void WriteKey(CsvWriter writer, TableRows rows, RowWatch watch, int keys)
    {
        if (watch.ReadsKeys)
        {
            writer.WriteField(keys < 0 ? [] : rows.Cell(keys));
        }
        else
        {
            writer.WriteField(Encoding.UTF8.GetBytes(watch.Key));
        }
    }
}
