using System.Text;
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
        ("--path", "path", "The file, or several as FOLDER/*.csv."),
        ("--format", "format", "csv, excel, parquet or jsonl, where the name does not say."),
        ("--delimiter", "delimiter", "Of CSV: what stands between cells."),
        ("--decimal", "decimal", "Of CSV: . or ,"),
        ("--encoding", "encoding", "Of CSV."),
        ("--sheet", "sheet", "Of Excel, where there are several."),
        ("--table", "table", "Of a database: a table or view."),
        ("--query", "query", "Of a database: a SELECT."),
    ];

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

    public static NodeVerb Verb { get; } = new("data add", "Read a source to its end, and declare it in node.yaml. Nobody may see it before policy.yaml says so.",
        [
            .. Texts.Concat(Server).Select(text => new VerbOption(text.Option, "TEXT", text.Meaning)),
            new("--missing", "CODES", "What means \"missing\", separated by commas."),
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

        var text = SourceEdit.Append(File.ReadAllText(home.Settings), Declaration(call, id))
            ?? throw CommandFailure.Configuration($"'sources' in {home.Settings} is not a list of '- …' lines below each other. Add this to it yourself:\n{Declaration(call, id)}");
        SourceSettings source;
        try
        {
            source = YamlFile.Parse(home.Settings, text, root => NodeSettings.Read(root, home)).Sources.Single(s => s.Id == id);
        }
        catch (SettingsException e)
        {
            throw CommandFailure.Usage($"That is no source: {string.Join(' ', e.Problems)} Nothing was changed.");
        }

        var view = await new DatasetReading(home, TimeProvider.System).ReadAsync(source, exact: true, cancellationToken);
        if (view.Ok)
        {
            Whole.Write(home.Settings, text);
        }

        call.Answer(view, VerbJson.Default.DatasetView, output =>
        {
            view.Write(output, columns: true);
            output.WriteLine(view.Ok
                ? $"\nAdded to {home.Settings}. The node reads it when it starts; what may be done with '{id}' is for policy.yaml to say."
                : "\nNothing was changed.");
        });
        return view.Ok ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static string Declaration(VerbCall call, string id)
    {
        var text = new StringBuilder($"- id: {Quoted(id)}\n");
        if (call.Find("--host") is not null)
        {
            text.Append("  postgres:\n");
            Add(Server, "    ");
        }

        Add(Texts, "  ");
        if (call.List("--missing") is { Length: > 0 } missing)
        {
            text.Append($"  missing: [{string.Join(", ", missing.Select(Quoted))}]\n");
        }

        var types = call.List("--text").Select(column => $"{Quoted(column)}: text").Concat(call.List("--number").Select(column => $"{Quoted(column)}: number")).ToList();
        return types.Count == 0 ? text.ToString() : text.Append($"  types: {{ {string.Join(", ", types)} }}\n").ToString();

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
