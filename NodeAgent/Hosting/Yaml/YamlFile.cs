using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Vantage.NodeAgent.Hosting.Yaml;

/// <summary>Reads a settings file strictly: what is not understood is an error with line and column, never ignored.</summary>
internal static class YamlFile
{
    /// <summary>Nobody writes more settings than this; a larger file is another file by mistake.</summary>
    private const int MaxLength = 4 * 1024 * 1024;

    /// <summary>Reads the file and gives its top mapping to <paramref name="read"/>. Throws <see cref="SettingsException"/>.</summary>
    public static T Read<T>(string path, Func<YamlSection, T> read)
    {
        var text = new FileInfo(path).Length <= MaxLength
            ? File.ReadAllText(path)
            : throw new SettingsException([new(path, 1, 1, $"The file is larger than {MaxLength / 1024 / 1024} MiB.")]);
        return Parse(path, text, read);
    }

    /// <param name="name">How error texts call the file.</param>
    public static T Parse<T>(string name, string text, Func<YamlSection, T> read)
    {
        var problems = new List<YamlProblem>();
        var result = read(new YamlSection(name, "", Load(name, text), problems));
        return problems.Count == 0
            ? result
            : throw new SettingsException([.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
    }

    private static YamlMappingNode Load(string name, string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents switch
            {
                [] => new YamlMappingNode(),
                [{ RootNode: YamlMappingNode root }] => root,
                [{ RootNode: var other }] =>
                    throw new SettingsException([new(name, other.Start.Line, other.Start.Column, "Expected 'key: value' lines.")]),
                [_, var second, ..] => throw new SettingsException(
                    [new(name, second.RootNode.Start.Line, second.RootNode.Start.Column, "Expected one document: remove the '---'.")]),
                _ => throw new InvalidOperationException("A list has no, one or more documents."),
            };
        }
        catch (YamlException e)
        {
            // The library blames the line above a tab; what people need to hear is the tab.
            throw new SettingsException([FirstTab(text) is { } line
                ? new(name, line, 1, "This line is indented with a tab. YAML wants spaces.")
                : new(name, e.Start.Line, e.Start.Column, $"This is not well-formed YAML. {e.InnerException?.Message ?? e.Message}")]);
        }
    }

    private static long? FirstTab(string text) =>
        text.Split('\n').Index().FirstOrDefault(line => line.Item.TakeWhile(char.IsWhiteSpace).Contains('\t')) is { Item: not null } found
            ? found.Index + 1
            : null;
}
