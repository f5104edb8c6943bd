using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Dictionaries;

namespace Vantage.NodeAgent.Data.Dictionaries.Reading;

/// <summary><c>dictionary:</c> of a source in node.yaml.</summary>
internal static class MappingReading
{
    /// <summary>Null where the source speaks no dictionary, or what is said can't be understood.</summary>
    public static SourceMapping? Read(YamlSection source, string directory)
    {
        if (source.Section("dictionary") is not { } section)
        {
            return null;
        }

        var file = section.RequiredText("file", "the dictionary, a file of Table Schema relative to the node's directory");
        var dictionary = file.Length == 0 ? null : Open(section, Path.GetFullPath(file, directory));
        var (here, elsewhere) = (section.Section("variables"), section.Text("mapping"));
        if (here is not null && elsewhere is not null)
        {
            section.Problem("mapping", "'mapping' names a file with the 'variables', and here they stand too. Say them in one place.");
        }

        var said = elsewhere is null ? VariablesReading.Read(here, dictionary) : OfFile(section, Path.GetFullPath(elsewhere, directory), dictionary);
        section.Done();
        return dictionary is null ? null : new SourceMapping(dictionary, said);
    }

    /// <summary>A file as people name it in a command; throws <see cref="DictionaryException"/>.</summary>
    public static DataDictionary Open(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > DataDictionary.MaxBytes }
                ? throw new DictionaryException([$"it is larger than {DataDictionary.MaxBytes} bytes."])
                : DataDictionary.Read(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DictionaryException([$"it can't be read ({e.GetType().Name})."]);
        }
    }

    /// <summary>The <c>variables</c> of a file of their own. Throws <see cref="SettingsException"/>.</summary>
    public static IReadOnlyList<VariableMapping> OfFile(string path, DataDictionary? dictionary)
    {
        try
        {
            return YamlFile.Read(path, root =>
            {
                if (!root.Has("variables"))
                {
                    root.Problem("'variables' is missing: what each variable is made of, as under 'dictionary' of a source.");
                }

                var said = VariablesReading.Read(root.Section("variables"), dictionary);
                root.Done();
                return said;
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([new YamlProblem(path, 1, 1, $"The mapping can't be read ({e.GetType().Name}).")]);
        }
    }

    private static IReadOnlyList<VariableMapping> OfFile(YamlSection section, string path, DataDictionary? dictionary)
    {
        try
        {
            return OfFile(path, dictionary);
        }
        catch (SettingsException e)
        {
            // Each says its own file and line.
            foreach (var problem in e.Problems)
            {
                section.Problem("mapping", problem.ToString());
            }

            return [];
        }
    }

    private static DataDictionary? Open(YamlSection section, string path)
    {
        try
        {
            return Open(path);
        }
        catch (DictionaryException e)
        {
            section.Problem("file", $"The dictionary {path}: {e.Message}");
            return null;
        }
    }
}
