using Vantage.DuckDb;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.NodeAgent.Data.Dictionaries.Reading;
using Vantage.NodeAgent.Data.DuckDb;
using Vantage.NodeAgent.Data.Excel;
using Vantage.NodeAgent.Data.Json;
using Vantage.NodeAgent.Data.Selecting;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Data.Sessions.Expressions;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Reading;

/// <summary>The <c>sources:</c> of node.yaml.</summary>
internal static class SourcesReader
{
    private const string Csv = "csv";
    private const string Excel = "excel";
    private const string Fhir = "fhir";
    private const string Json = "jsonl";
    private const string Parquet = "parquet";
    private static readonly Dictionary<string, string> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".xlsx"] = Excel,
        [".xls"] = Excel,
        [".parquet"] = Parquet,
        [".jsonl"] = Json,
        [".ndjson"] = Json,
    };

    /// <param name="root">The file's top.</param>
    /// <param name="directory">What relative paths are relative to: the node's directory.</param>
    public static IReadOnlyList<SourceSettings> Read(YamlSection root, string directory)
    {
        var (sources, caps) = (new List<SourceSettings>(), DuckReading.Caps(root));
        foreach (var section in root.Sections("sources"))
        {
            var source = Selected(section, Source(section, caps, directory)) with { Meanings = MeaningsReading.Read(section) };
            if (MappingReading.Read(section, directory) is { } mapping)
            {
                source = new MappedSettings { Id = source.Id, Types = source.Types, Inner = source, Mapping = mapping };
            }

            if (source.Id.Length > 0 && sources.Any(s => s.Id == source.Id))
            {
                section.Problem("id", $"A source before this one is called '{source.Id}' too.");
            }

            section.Done();
            sources.Add(source);
        }

        return sources;
    }

    /// <summary>A file as it is by itself: its ending says its format, and nothing else is declared.</summary>
    public static SourceSettings OfFile(string id, string path) => ByEnding.GetValueOrDefault(Path.GetExtension(path), Csv) switch
    {
        Excel => new ExcelSettings { Id = id, Path = path },
        Json => new JsonLinesSettings { Id = id, Path = path },
        Parquet => new ParquetSettings { Id = id, Path = path },
        _ => new CsvSourceSettings { Id = id, Path = path },
    };

    private static SourceSettings Source(YamlSection section, DuckCaps caps, string directory)
    {
        var id = section.RequiredText("id", "how policies and tasks call this source");
        if (section.Section("postgres") is { } postgres)
        {
            return PostgresReading.Read(section, id, postgres, Types(section), directory);
        }

        if (section.Section("odbc") is { } odbc)
        {
            return OdbcReading.Read(section, id, odbc, Types(section), directory);
        }

        var path = section.RequiredText("path", "the file, relative to the node's directory");
        path = path.Length > 0 ? Path.GetFullPath(path, directory) : "";
        switch (section.Text("format") ?? ByEnding.GetValueOrDefault(Path.GetExtension(path), Csv))
        {
            case Csv:
                return CsvReading.Read(section, id, path, Types(section));
            case Excel:
                return new ExcelSettings
                {
                    Id = id, Path = path, Sheet = section.Text("sheet"), Skip = section.Number("skip", 0, 0, 1_048_575), Types = Types(section),
                    Missing = section.Has("missing") ? section.Texts("missing") : new ExcelSettings { Id = "", Path = "" }.Missing,
                };
            case Fhir:
                return FhirReading.Read(section, id, path, Types(section));
            case Json:
                return new JsonLinesSettings { Id = id, Path = path, Types = Types(section), Missing = section.Texts("missing") };
            case Parquet:
                return new ParquetSettings { Id = id, Path = path, Types = Types(section), Missing = section.Texts("missing"), Caps = caps };
            default:
                section.Problem("format", $"'format' is one of {string.Join(", ", (string[])[Csv, Excel, Parquet, Json, Fhir])}.");
                return CsvReading.Read(section, id, path, Types(section));
        }
    }

    /// <summary>The rows that <c>where</c> names, if it is there.</summary>
    private static SourceSettings Selected(YamlSection section, SourceSettings source)
    {
        if (section.Text("where") is not { } where)
        {
            return source;
        }

        try
        {
            ExpressionParser.Parse(where);
        }
        catch (StepsRefused e)
        {
            section.Problem("where", $"'where' is a condition on the columns, such as consent == 1. {e.Message}");
        }

        return new SelectedSettings { Id = source.Id, Types = source.Types, Inner = source, Where = where };
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
