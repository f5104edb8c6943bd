using CsvHelper;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>Copies the chosen columns of all rows, and finds out on the way what is in them.</summary>
internal sealed class CsvExtractor(CsvSourceSettings settings)
{
    private const int RowsBetweenLooks = 4096;

    /// <summary>Blanks that stood in quotes belong to the cell, and stand in quotes again: whoever reads cuts off others.</summary>
    private static readonly CsvWriterOptions Format = new() { NewLine = "\n", Quoting = CsvQuoting.WhenNeededOrWhitespace };

    /// <summary>The snapshot's format: what the source's cells mean is told along, the cells are copied as they stand.</summary>
    public CsvOptions Written { get; } = new(Decimal: settings.Decimal.ToString(), Missing: settings.Missing);

    public (IReadOnlyList<ColumnSchema> Columns, long Rows) Copy(
        Stream from, Stream to, ColumnChoice choice, LineMap lines, CancellationToken cancellationToken)
    {
        using var rows = new CsvRows(settings, from);
        using var writer = CsvWriter.Create(to, Format, leaveOpen: true);
        var faults = new CsvFaults(settings);
        if (settings.Types.Keys.FirstOrDefault(c => !rows.Columns.Contains(c)) is { } absent)
        {
            throw faults.DeclaredNotThere(absent);
        }

        var places = ColumnChooser.Places(faults, rows.Columns, choice);
        var types = new CsvColumnTypes(settings, rows, places);
        writer.WriteRecord([.. places.Select(p => rows.Columns[p])]);
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

            writer.EndRecord();
            types.Look();
        }

        writer.Flush();
        return (types.Found(), count);
    }
}
