using Vantage.NodeAgent.Data.Csv.Dates;
using Vantage.NodeAgent.Data.Files;
using Vantage.NodeAgent.Data.Rows;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>A CSV or TSV file, or a folder of such, as a source. Reads as a stream: memory does not grow with the file.</summary>
internal sealed class CsvSource(CsvSourceSettings settings) : FileSource(settings)
{
    /// <summary>What columns are called that have no name in the header.</summary>
    /// <exception cref="SourceException">It can't be read.</exception>
    public IReadOnlyList<string> Unnamed()
    {
        var faults = new CsvFaults(settings);
        var file = FileSources.List(faults, settings.Path)[0];
        using var content = FileSources.Open(faults, file);
        using var rows = new CsvRows(settings with { Path = file }, content);
        return rows.Unnamed;
    }

    protected override Snapshot Take(IReadOnlyList<string> files, ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        using var rows = new FileRows(new CsvFaults(settings), files, (file, content) => new DatedRows(new CsvRows(settings with { Path = file }, content), settings));
        return Copy(rows, new CellRules(settings.Decimal, settings.Missing, Types()), columns, path, cancellationToken);
    }

    /// <summary>Dates are texts, and nobody looks whether they could be numbers.</summary>
    private IReadOnlyDictionary<string, ColumnType> Types() => settings.Dates.Count == 0 ? settings.Types
        : settings.Types.Concat(settings.Dates.Keys.Where(column => !settings.Types.ContainsKey(column)).Select(column => KeyValuePair.Create(column, ColumnType.Text)))
            .ToDictionary(StringComparer.Ordinal);
}
