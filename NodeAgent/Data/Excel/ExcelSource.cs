using System.Xml;
using Vantage.NodeAgent.Data.Files;
using Vantage.NodeAgent.Data.Rows;

namespace Vantage.NodeAgent.Data.Excel;

/// <summary>
/// A sheet of an .xlsx file as a source, read here by the framework's own zip and XML: DuckDB reads workbooks only by an
/// extension that it would fetch from the network.
/// </summary>
internal sealed class ExcelSource(ExcelSettings settings) : FileSource(settings)
{
    private readonly ExcelFaults faults = new(settings);

    /// <summary>Their rows, and the workbook with them.</summary>
    public static ExcelRows Open(ExcelSettings settings, ExcelFaults faults, string path)
    {
        var book = Workbook.Open(path, faults);
        try
        {
            return new ExcelRows(settings with { Path = path }, faults, book);
        }
        catch
        {
            book.Dispose();
            throw;
        }
    }

    /// <summary>What a damaged workbook makes of the framework's readers. What they say may quote what they read.</summary>
    public static bool IsDamage(Exception e) =>
        e is XmlException or InvalidDataException or FormatException or ArgumentOutOfRangeException or OverflowException or EndOfStreamException;

    protected override Snapshot Take(IReadOnlyList<string> files, ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        try
        {
            // A zip is read from its end: the rows open the file once more, and what passes by here is its digest.
            using var rows = new FileRows(faults, files, (file, _) => Open(settings, faults, file));
            return Copy(rows, new CellRules('.', settings.Missing, settings.Types), columns, path, cancellationToken);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw faults.NoWorkbook();
        }
    }
}
