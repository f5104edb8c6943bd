using Vantage.NodeAgent.Data.Rows;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Files;

/// <summary>A source that is a file, or several of one kind: what holds around their reading, whatever is in them.</summary>
internal abstract class FileSource(FileSettings settings) : IDataSource
{
    private readonly SourceFaults faults = new(settings.Words);

    public string Id => settings.Id;

    public virtual bool WritesParquet => false;

    public string? Stamp(DateTimeOffset now) => FileSources.Stamp(faults, now, settings.Path);

    public Task<Extraction> ExtractAsync(ColumnChoice columns, string path, CancellationToken cancellationToken) =>
        Snapshots.TakeAsync(path, () => Take(columns, path, cancellationToken), cancellationToken);

    /// <summary>Writes the snapshot. Of files that change meanwhile it may say or take whatever it likes: nothing of it is kept.</summary>
    protected abstract Snapshot Take(IReadOnlyList<string> files, ColumnChoice columns, string path, CancellationToken cancellationToken);

    /// <summary>For sources whose rows are read here, one after the other.</summary>
    protected Snapshot Copy(FileRows rows, CellRules rules, ColumnChoice columns, string path, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? hidden = null)
    {
        var lines = rows.Only is { } only ? new LineMap(only, rows.Noun) : LineMap.OfRows(Path.GetFileName(settings.Path), mayBreakLines: true);
        return new RowExtractor(faults, rules) { Hidden = hidden ?? new Dictionary<string, string>() }.Take(rows, path, columns, lines, () => rows.Content, cancellationToken);
    }

    private Snapshot Take(ColumnChoice columns, string path, CancellationToken cancellationToken)
    {
        var files = FileSources.List(faults, settings.Path);
        var mark = FileSources.Mark(files);
        try
        {
            var taken = Take(files, columns, path, cancellationToken);
            return FileSources.Mark(FileSources.List(faults, settings.Path)) == mark ? taken : throw faults.Changed();
        }
        catch (SourceException e) when (e.Code == RunCodes.DataInvalid && FileSources.Mark(files) != mark)
        {
            // A file that is written just now looks damaged, and is not.
            throw faults.Changed();
        }
    }
}
