using Vantage.NodeAgent.Data.Dictionaries.Reading;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Dictionaries.Checking;

/// <summary>Holds a source against a dictionary, variable by variable. Nothing of what was read is kept.</summary>
internal static class DictionaryCheck
{
    /// <summary>A source that is mapped is checked by its mapping, any other by its columns' own names.</summary>
    /// <param name="home">Whose.</param>
    /// <param name="source">Which.</param>
    /// <param name="dictionary">Against which.</param>
    /// <param name="said">A mapping in place of the source's own; null for that one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<DictionaryView> RunAsync(
        NodeHome home, SourceSettings source, DataDictionary dictionary, IReadOnlyList<VariableMapping>? said, CancellationToken cancellationToken)
    {
        var mapped = source as MappedSettings;
        var (inner, mapping) = (mapped?.Inner ?? source, new SourceMapping(dictionary, said ?? mapped?.Mapping.Said ?? []));
        var folder = Path.Combine(home.State, $"checking-{Environment.ProcessId}");
        Durable.CreateFolder(home.State);
        Durable.CreateFolder(folder);
        try
        {
            var found = await new MappedSource(inner.Open(), mapping).FindAsync(Path.Combine(folder, "snapshot"), cancellationToken);
            var variables = dictionary.Variables.Select(variable => (Variable: variable, View: View(mapping, variable, found))).ToList();
            return new(source.Id, dictionary.Ref.Words, dictionary.Ref.Digest.ToString(), variables.All(each => IsFine(mapping, each.Variable, each.View)),
                [.. variables.Select(each => each.View)], null);
        }
        catch (SourceException e)
        {
            return new(source.Id, dictionary.Ref.Words, dictionary.Ref.Digest.ToString(), false, [], e.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>By a file's path, or by name and version: one that a source speaks, or that lies in the node's <c>dictionaries/</c>.</summary>
    public static DataDictionary Find(NodeHome home, IEnumerable<SourceSettings> sources, string asked)
    {
        if (File.Exists(asked))
        {
            return Open(asked);
        }

        var folder = Path.Combine(home.Root, "dictionaries");
        var files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return sources.OfType<MappedSettings>().Select(source => source.Mapping.Dictionary).Concat(files.Select(Open)).FirstOrDefault(dictionary => dictionary.Ref.Words == asked)
            ?? throw new CommandFailure(ExitCodes.NotFound, $"There is no file '{asked}', no source that speaks a dictionary of this name, and none in {folder}."
                + " Fetch it: vantage dictionary show NAME@VERSION --out FILE.");
    }

    /// <summary>A mapping's file as people name it in a command.</summary>
    public static IReadOnlyList<VariableMapping> Mapping(string path, DataDictionary dictionary)
    {
        try
        {
            return MappingReading.OfFile(path, dictionary);
        }
        catch (SettingsException e)
        {
            throw CommandFailure.Configuration(string.Join('\n', e.Problems), e);
        }
    }

    private static DataDictionary Open(string path)
    {
        try
        {
            return MappingReading.Open(path);
        }
        catch (DictionaryException e)
        {
            throw CommandFailure.Configuration($"{path} is no dictionary: {e.Message}", e);
        }
    }

    private static bool IsFine(SourceMapping mapping, Variable variable, VariableView view) => view.Status == VariableStatus.Ok
        || (view.Status == VariableStatus.Missing && !variable.Required && (!mapping.Says(variable) || mapping.Of(variable).IsAbsent));

    private static VariableView View(SourceMapping mapping, Variable variable, SourceFindings found) =>
        found.Found.GetValueOrDefault(variable.Name) is { } there
            ? VariableView.Of(mapping, there)
            : VariableView.Absent(mapping, variable, mapping.Of(variable).IsAbsent ? "nothing: the site says so" : found.Problems.GetValueOrDefault(variable.Name, "nothing"));
}
