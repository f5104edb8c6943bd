using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Csv.Dates;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Reading;

/// <summary>What a CSV source says besides its id and path.</summary>
internal static class CsvReading
{
    public static CsvSourceSettings Read(YamlSection section, string id, string path, IReadOnlyDictionary<string, ColumnType> types)
    {
        var d = new CsvSourceSettings { Id = "", Path = "" };
        var settings = new CsvSourceSettings
        {
            Id = id,
            Path = path,
            Delimiter = Character(section, "delimiter", d.Delimiter),
            Quote = Character(section, "quote", d.Quote),
            Encoding = Encoding(section),
            Decimal = Character(section, "decimal", d.Decimal),
            Skip = section.Number("skip", 0, 0, 1_000_000),
            Header = section.Flag("header", d.Header),
            Missing = section.Has("missing") ? section.Texts("missing") : d.Missing,
            Types = types,
            Dates = Dates(section, types),
            MaxColumns = section.Number("maxColumns", d.MaxColumns, 1, 10_000_000),
            MaxRowMiB = section.Number("maxRowMiB", d.MaxRowMiB, 1, 1024),
        };
        CheckCharacters(section, settings);
        return settings;
    }

    private static Dictionary<string, DateForm> Dates(YamlSection section, IReadOnlyDictionary<string, ColumnType> types)
    {
        var dates = new Dictionary<string, DateForm>(StringComparer.Ordinal);
        if (section.Section("dates") is not { } declared)
        {
            return dates;
        }

        foreach (var column in declared.Keys)
        {
            if (declared.Text(column) is not { } name || DateForm.Find(name) is not { } form)
            {
                declared.Problem(column, $"A date is written as one of {string.Join(", ", DateForm.All.Select(known => known.Name))}.");
            }
            else if (types.GetValueOrDefault(column, ColumnType.Text) != ColumnType.Text)
            {
                declared.Problem(column, $"'types' says that '{column}' holds numbers, 'dates' that it holds dates.");
            }
            else
            {
                dates[column] = form;
            }
        }

        declared.Done();
        return dates;
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
}
