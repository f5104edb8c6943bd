using System.Text;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;

namespace Vantage.NodeAgent.Data.Desk;

/// <summary>An entry of <c>sources:</c> as the options of <c>data add</c> say it.</summary>
internal static class SourceDeclaration
{
    /// <summary>What is found out about a file where it is not said.</summary>
    public static readonly string[] FoundKeys = ["encoding", "delimiter", "decimal", "skip"];

    private static readonly (string Option, string Key, string Meaning)[] Texts =
    [
        ("--path", "path", "The file, or several as FOLDER/*.csv; a relative path begins at the node's directory."),
        ("--format", "format", "csv, excel, parquet, jsonl or fhir, where the name does not say."),
        ("--delimiter", "delimiter", "Of CSV: what stands between cells. Found where it is not said."),
        ("--decimal", "decimal", "Of CSV: . or , Found where it is not said."),
        ("--encoding", "encoding", "Of CSV. Found where it is not said."),
        ("--skip", "skip", "Of CSV and Excel: lines or rows above the one with the names, such as a title. Found where it is not said."),
        ("--resource", "resource", "Of FHIR: the kind of resource."),
        ("--sheet", "sheet", "Of Excel, where there are several."),
        ("--table", "table", "Of a database: a table or view."),
        ("--query", "query", "Of a database: a SELECT."),
    ];

    /// <summary>Not in quotes.</summary>
    private static readonly string[] Numbers = ["--port", "--skip"];

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

    public static IReadOnlyList<VerbOption> Options { get; } =
    [
        .. Texts.Concat(Server).Append(Odbc[0]).Select(text => new VerbOption(text.Option, "TEXT", text.Meaning)),
        new("--omop", "FILE", "Of a CDM in PostgreSQL: a file with what stands under 'omop:', such as schema, cohort and columns. It is copied into node.yaml."),
        new("--missing", "CODES", "What means \"missing\", separated by commas."),
        new("--date", "COLUMNS", "Of CSV: how columns write dates, as born=dd.mm.yyyy,seen=mm/dd/yyyy. Found where it is not said."),
        new("--paths", "COLUMNS", "Of FHIR: where columns stand, as patient=subject.reference,kg=valueQuantity.value."),
        new("--text", "COLUMNS", "Columns that hold text whatever they look like, separated by commas."),
        new("--number", "COLUMNS", "Columns that hold numbers, separated by commas."),
    ];

    public static string Of(VerbCall call, string id)
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
        if (call.Find("--omop") is { } cohort)
        {
            text.Append($"  omop:\n{string.Concat(OmopLines(cohort).Select(line => $"    {line}\n"))}");
        }

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
                text.Append(call.Find(option) is { } value ? $"{indent}{key}: {(Numbers.Contains(option) ? value : Quoted(value))}\n" : "");
            }
        }
    }

    private static string[] OmopLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandFailure.Usage($"--omop {path} can't be read ({e.GetType().Name}).");
        }
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
