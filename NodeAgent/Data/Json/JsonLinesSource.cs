using Vantage.NodeAgent.Data.Files;
using Vantage.NodeAgent.Data.Rows;

namespace Vantage.NodeAgent.Data.Json;

/// <summary>
/// JSON lines as a source, read twice by the framework's own JSON reader: for the columns, which may appear in the last line
/// only, and for the rows. Memory holds a line.
/// </summary>
internal sealed class JsonLinesSource(JsonLinesSettings settings) : FileSource(settings)
{
    protected override Snapshot Take(IReadOnlyList<string> files, ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        var faults = new JsonFaults(settings.Words);
        var found = JsonColumns.Find(settings, faults, files, cancellationToken);
        var codes = JsonRows.Codes(settings.Missing);
        using var rows = new FileRows(faults, files, (file, content) => new JsonRows(found, new JsonLines(file, content, faults), faults, codes));
        return Copy(rows, new CellRules('.', settings.Missing, found.Types), columns, path, cancellationToken, found.Nested);
    }
}
