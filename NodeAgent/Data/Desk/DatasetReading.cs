using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Selecting;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Storage;

namespace Vantage.NodeAgent.Data.Desk;

/// <summary>Reads sources whole, as a run that may see all would, and keeps nothing of what was in them.</summary>
internal sealed class DatasetReading(NodeHome home, TimeProvider time)
{
    private readonly DatasetBook book = new(Path.Combine(home.State, "datasets.json"), time);

    public async Task<DatasetView> ReadAsync(SourceSettings source, bool exact, CancellationToken cancellationToken)
    {
        // In the node's own folder: what lies in a system's temporary one may be others' memory.
        var folder = Path.Combine(home.State, $"reading-{Environment.ProcessId}");
        Durable.CreateFolder(home.State);
        Durable.CreateFolder(folder);
        try
        {
            return await source.Open().ExtractAsync(ColumnChoice.All, Path.Combine(folder, "snapshot"), cancellationToken) switch
            {
                Extraction.Done done => View(source.Id, done.Snapshot, exact) with { Meanings = ColumnMeaning.Of(source, done.Snapshot), Unnamed = Unnamed(source) },
                Extraction.Failed failed => DatasetView.Failed(source.Id, failed.Message),
                var other => throw new InvalidOperationException($"{other}"),
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A source that speaks a dictionary shows none of its own columns.</summary>
    private static IReadOnlyList<string> Unnamed(SourceSettings source) => source switch
    {
        CsvSourceSettings { Header: true } csv => new CsvSource(csv).Unnamed(),
        SelectedSettings selected => Unnamed(selected.Inner),
        _ => [],
    };

    private DatasetView View(string id, Snapshot snapshot, bool exact)
    {
        var version = book.Note(snapshot, id);
        var step = CountStep.Of(home, id);
        var rows = exact ? snapshot.Rows : (snapshot.Rows + (step / 2)) / step * step;
        return new(id, true, rows, !exact, version.Digest, version.Version, version.Since, snapshot.Columns, null);
    }
}
