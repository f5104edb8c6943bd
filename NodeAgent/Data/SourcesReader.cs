using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data;

/// <summary>The <c>sources:</c> of node.yaml.</summary>
internal static class SourcesReader
{
    /// <param name="root">The file's top.</param>
    /// <param name="directory">What relative paths are relative to: the node's directory.</param>
    public static IReadOnlyList<CsvSourceSettings> Read(YamlSection root, string directory)
    {
        var sources = new List<CsvSourceSettings>();
        foreach (var section in root.Sections("sources"))
        {
            var source = Source(section, directory);
            if (source.Id.Length > 0 && sources.Any(s => s.Id == source.Id))
            {
                section.Problem("id", $"A source before this one is called '{source.Id}' too.");
            }

            sources.Add(source);
        }

        return sources;
    }

    private static CsvSourceSettings Source(YamlSection section, string directory)
    {
        var d = new CsvSourceSettings { Id = "", Path = "" };
        var path = section.RequiredText("path", "the file, relative to the node's directory");
        var settings = new CsvSourceSettings
        {
            Id = section.RequiredText("id", "how policies and tasks call this source"),
            Path = path.Length > 0 ? Path.GetFullPath(path, directory) : "",
            Delimiter = Character(section, "delimiter", d.Delimiter),
            Quote = Character(section, "quote", d.Quote),
            Encoding = Encoding(section),
            Decimal = Character(section, "decimal", d.Decimal),
            Header = section.Flag("header", d.Header),
            Missing = section.Has("missing") ? section.Texts("missing") : d.Missing,
            Types = Types(section),
            MaxColumns = section.Number("maxColumns", d.MaxColumns, 1, 10_000_000),
            MaxRowMiB = section.Number("maxRowMiB", d.MaxRowMiB, 1, 1024),
        };
        CheckCharacters(section, settings);
        section.Done();
        return settings;
    }

    private static char Character(YamlSection section, string key, char otherwise)
    {
        switch (section.Text(key))
        {
            case null:
                return otherwise;
            case "tab":
                return '\t';
            case [> '\0' and < '\x80' and not '\r' and not '\n' and var one]:
                return one;
            default:
                section.Problem(key, $"'{key}' is one ASCII character, or tab.");
                return otherwise;
        }
    }

    private static void CheckCharacters(YamlSection section, CsvSourceSettings settings)
    {
        if (settings.Decimal is not ('.' or ','))
        {
            section.Problem("decimal", "'decimal' is . or ,");
        }

        if (settings.Quote == settings.Delimiter)
        {
            section.Problem("quote", "'quote' and 'delimiter' are the same character.");
        }
    }

    private static SourceEncoding Encoding(YamlSection section)
    {
        if (section.Text("encoding") is not { } name)
        {
            return SourceEncoding.Utf8;
        }

        if (SourceEncoding.Find(name) is { } encoding)
        {
            return encoding;
        }

        section.Problem("encoding", $"'encoding' is one of {SourceEncoding.Names}.");
        return SourceEncoding.Utf8;
    }

    private static Dictionary<string, ColumnType> Types(YamlSection source)
    {
        var types = new Dictionary<string, ColumnType>();
        if (source.Section("types") is not { } section)
        {
            return types;
        }

        foreach (var column in section.Keys)
        {
            switch (section.Text(column))
            {
                case "number":
                    types[column] = ColumnType.Number;
                    break;
                case "text":
                    types[column] = ColumnType.Text;
                    break;
                default:
                    section.Problem(column, "A type is number or text.");
                    break;
            }
        }

        section.Done();
        return types;
    }
}
