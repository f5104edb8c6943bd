using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.NodeAgent.Data.Dictionaries.Checking;
using Vantage.NodeAgent.Data.Dictionaries.Sketching;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Desk;

/// <param name="Found">Variables for which there is a column of that name.</param>
/// <param name="Absent">The others.</param>
/// <param name="Unused">Columns that nothing is made of yet.</param>
internal sealed record MappingBegun(string Source, string Dictionary, string Path, int Found, int Absent, IReadOnlyList<string> Unused);

/// <summary><c>data map</c>: a mapping of hundreds of variables is not begun by typing their names.</summary>
internal static class DataMapVerb
{
    private static readonly VerbOption Id = new("SOURCE", null, "Which source, by its id.", Required: true);

    public static NodeVerb Verb { get; } = new("data map",
        "Begin a mapping: a file in which each of a dictionary's variables has its column, as far as names tell. A person who knows the data completes it.",
        [
            new("--dictionary", "FILE|NAME@VERSION", "The dictionary.", Required: true),
            new("--out", "FILE", "The mapping that is written. It must not be there yet.", Required: true),
        ], RunAsync) { Word = Id };

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var (home, id, path) = (call.Home, call.Required(Id.Name), call.Required("--out"));
        var sources = NodeSettings.Load(home).Sources;
        var source = sources.FirstOrDefault(each => each.Id == id) ?? throw new CommandFailure(ExitCodes.NotFound, $"{home.Settings} has no source '{id}'.");
        var dictionary = DictionaryCheck.Find(home, sources, call.Required("--dictionary"));
        if (File.Exists(path))
        {
            throw new CommandFailure(ExitCodes.Conflict, $"{path} is there already, and nothing was written. Choose another name, or remove it.");
        }

        var sketch = MappingSketch.Of(dictionary, id, await ColumnsAsync(home, source is MappedSettings mapped ? mapped.Inner : source, cancellationToken));
        await File.WriteAllTextAsync(path, sketch.Yaml, cancellationToken);
        var begun = new MappingBegun(id, dictionary.Ref.Words, path, sketch.Found, dictionary.Variables.Count - sketch.Found, sketch.Unused);
        call.Answer(begun, VerbJson.Default.MappingBegun, output =>
        {
            output.WriteLine($"{begun.Found} of {dictionary.Variables.Count} variables of {begun.Dictionary} have a column of their name; {begun.Unused.Count} columns are left over. All of it is in {path}.");
            output.WriteLine($"Complete it, then: vantage node data check {id} --dictionary {call.Required("--dictionary")} --mapping {path} --dir {home.Root}");
        });
        return ExitCodes.Ok;
    }

    /// <summary>All of the source is read for them, and nothing is kept.</summary>
    private static async Task<IReadOnlyList<string>> ColumnsAsync(NodeHome home, SourceSettings source, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(home.State, $"mapping-{Environment.ProcessId}");
        Durable.CreateFolder(home.State);
        Durable.CreateFolder(folder);
        try
        {
            return await source.Open().ExtractAsync(ColumnChoice.All, Path.Combine(folder, "snapshot"), cancellationToken) switch
            {
                Extraction.Done done => [.. done.Snapshot.Columns.Select(column => column.Name)],
                Extraction.Failed failed => throw new CommandFailure(ExitCodes.Failed, failed.Message),
                var other => throw new InvalidOperationException($"{other}"),
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
