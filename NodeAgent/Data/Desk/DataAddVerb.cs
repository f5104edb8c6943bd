using System.Text;
using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Csv.Dialect;
using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.NodeAgent.Hosting.Setup;
using Vantage.NodeAgent.Hosting.Yaml;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Desk;

/// <summary>
/// <c>data add</c>: a source is read to its end, and then written into node.yaml. What stands there already stays as it
/// is, comments included; the new file is understood before it takes the old one's place.
/// </summary>
internal static class DataAddVerb
{
    private static readonly VerbOption Id = new("ID", null, "How policies and tasks will call it.", Required: true);

    private static readonly (string Option, string Key, string Meaning)[] Texts =
    [
        ("--path", "path", "The file, or several as FOLDER/*.csv; a relative path begins at the node's directory."),
        ("--format", "format", "csv, excel, parquet, jsonl or fhir, where the name does not say."),
        ("--delimiter", "delimiter", "Of CSV: what stands between cells. Found where it is not said."),
        ("--decimal", "decimal", "Of CSV: . or , Found where it is not said."),
        ("--encoding", "encoding", "Of CSV. Found where it is not said."),
        ("--resource", "resource", "Of FHIR: the kind of resource."),
        ("--sheet", "sheet", "Of Excel, where there are several."),
        ("--table", "table", "Of a database: a table or view."),
        ("--query", "query", "Of a database: a SELECT."),
    ];

    private static readonly string[] DialectKeys = ["encoding", "delimiter", "decimal"];

    private static readonly (string Option, string Key, string Meaning)[] Server =
    [
        ("--host", "host", "Of PostgreSQL: the server's name, or its socket's folder."),
        ("--port", "port", "Its port."),
        ("--database", "database", "The database."),
        ("--user", "user", "A role that may do nothing but read."),
        ("--password-file", "passwordFile", "A file of mode 0600 with its password."),
        ("--credential", "credential", "Or the name of systemd's credential."),
        ("--tls", "tls", "verify, unverified or off."),
    ];

    private static readonly (string Option, string Key, string Meaning)[] Odbc =
    [
        ("--odbc", "connection", "Of any other database: what its ODBC driver wants, without the password."),
        ("--password-file", "passwordFile", ""),
        ("--credential", "credential", ""),
    ];

    public static NodeVerb Verb { get; } = new("data add", "Read a source to its end, and declare it in node.yaml. Nobody may see it before policy.yaml says so.",
        [
            .. Texts.Concat(Server).Append(Odbc[0]).Select(text => new VerbOption(text.Option, "TEXT", text.Meaning)),
            new("--missing", "CODES", "What means \"missing\", separated by commas."),
            new("--date", "COLUMNS", "Of CSV: how columns write dates, as born=dd.mm.yyyy,seen=mm/dd/yyyy. Found where it is not said."),
            new("--paths", "COLUMNS", "Of FHIR: where columns stand, as patient=subject.reference,kg=valueQuantity.value."),
            new("--text", "COLUMNS", "Columns that hold text whatever they look like, separated by commas."),
            new("--number", "COLUMNS", "Columns that hold numbers, separated by commas."),
        ], RunAsync) { Word = Id };

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var home = call.Home;
        var id = call.Required(Id.Name);
        if (NodeSettings.Load(home).Sources.Any(source => source.Id == id))
        {
            throw new CommandFailure(ExitCodes.Conflict, $"{home.Settings} has a source '{id}' already. Change it there, or choose another id.");
        }

        var declaration = Declaration(call, id);
        var (text, source) = Understand(home, id, declaration);
        DatasetView? unclear = null;
        if (Inner(source) is CsvSourceSettings csv)
        {
            try
            {
                declaration += DialectLines(csv, declaration, cancellationToken);
                (text, source) = Understand(home, id, declaration);
            }
            catch (SourceException e)
            {
                unclear = DatasetView.Failed(id, e.Message);
            }
        }

        var view = unclear ?? await new DatasetReading(home, TimeProvider.System).ReadAsync(source, exact: true, cancellationToken);
        if (view.Ok)
        {
            Whole.Write(home.Settings, text);
        }

        call.Answer(view, VerbJson.Default.DatasetView, output =>
        {
            view.Write(output, columns: true);
            if (view.Ok)
            {
                output.Write($"\n{declaration}");
            }

            output.WriteLine(view.Ok
                ? $"\nAdded to {home.Settings}. The node reads it when it starts; what may be done with '{id}' is for policy.yaml to say."
                : "\nNothing was changed.");
        });
        return view.Ok ? ExitCodes.Ok : ExitCodes.Failed;
    }

    /// <summary>What a CSV file was found to be, where it was not said, so that from now on it is declared.</summary>
    private static string DialectLines(CsvSourceSettings csv, string declaration, CancellationToken cancellationToken)
    {
        var said = DialectKeys.Where(key => declaration.Contains($"\n  {key}: ", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        var found = DialectFinder.Find(csv, said, cancellationToken);
        // The dates that were said stand last, and those that were found below them.
        return (found.Dates.Count > 0 && csv.Dates.Count == 0 ? "  dates:\n" : "") + string.Concat(found.Dates.Select(date => $"    {date.Column}: {date.Form}\n"))
            + string.Concat(found.Keys.Select(key => $"  {key.Key}: {key.Value}\n"));
    }

    private static SourceSettings Inner(SourceSettings source) => source is MappedSettings mapped ? mapped.Inner : source;

    private static (string Text, SourceSettings Source) Understand(NodeHome home, string id, string declaration)
    {
        var text = SourceEdit.Append(File.ReadAllText(home.Settings), declaration)
            ?? throw CommandFailure.Configuration($"'sources' in {home.Settings} is not a list of '- …' lines below each other. Add this to it yourself:\n{declaration}");
        try
        {
            return (text, YamlFile.Parse(home.Settings, text, root => NodeSettings.Read(root, home)).Sources.Single(s => s.Id == id));
        }
        catch (SettingsException e)
        {
            throw CommandFailure.Usage($"That is no source: {string.Join(' ', e.Problems)} Nothing was changed.");
        }
    }

    private static string Declaration(VerbCall call, string id)
    {
        var text = new StringBuilder($"- id: {Quoted(id)}\n");
        if (call.Find("--host") is not null)
        {
            text.Append("  postgres:\n");
            Add(Server, "    ");
        }

        if (call.Find("--odbc") is not null)
        {
            text.Append("  odbc:\n");
            Add(Odbc, "    ");
        }

        Add(Texts, "  ");
        AddPairs("--paths", "paths");
        if (call.List("--missing") is { Length: > 0 } missing)
        {
            text.Append($"  missing: [{string.Join(", ", missing.Select(Quoted))}]\n");
        }

        var types = call.List("--text").Select(column => $"{Quoted(column)}: text").Concat(call.List("--number").Select(column => $"{Quoted(column)}: number")).ToList();
        text.Append(types.Count == 0 ? "" : $"  types: {{ {string.Join(", ", types)} }}\n");
        AddPairs("--date", "dates");
        return text.ToString();

        void AddPairs(string option, string key)
        {
            var pairs = call.List(option).Select(pair => pair.Split('=', 2)).ToList();
            text.Append(pairs.Count == 0 ? "" : $"  {key}:\n{string.Concat(pairs.Select(pair => $"    {Quoted(pair[0])}: {Quoted(pair[^1])}\n"))}");
        }

        void Add((string Option, string Key, string Meaning)[] options, string indent)
        {
            foreach (var (option, key, _) in options)
            {
                text.Append(call.Find(option) is { } value ? $"{indent}{key}: {(option is "--port" ? value : Quoted(value))}\n" : "");
            }
        }
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
