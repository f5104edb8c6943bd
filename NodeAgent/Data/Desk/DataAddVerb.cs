using Vantage.NodeAgent.Data.Csv;
using Vantage.NodeAgent.Data.Csv.Dialect;
using Vantage.NodeAgent.Data.Dictionaries;
using Vantage.NodeAgent.Data.Excel;
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

    public static NodeVerb Verb { get; } = new("data add", "Read a source to its end, and declare it in node.yaml. Nobody may see it before policy.yaml says so.",
        SourceDeclaration.Options, RunAsync) { Word = Id };

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var home = call.Home;
        var id = call.Required(Id.Name);
        if (NodeSettings.Load(home).Sources.Any(source => source.Id == id))
        {
            throw new CommandFailure(ExitCodes.Conflict, $"{home.Settings} has a source '{id}' already. Change it there, or choose another id.");
        }

        var declaration = SourceDeclaration.Of(call, id);
        var (text, source) = Understand(home, id, declaration);
        DatasetView? unclear = null;
        try
        {
            declaration += FoundLines(Inner(source), declaration, cancellationToken);
            (text, source) = Understand(home, id, declaration);
        }
        catch (SourceException e)
        {
            unclear = DatasetView.Failed(id, e.Message);
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

            if (view.Doubts.Count > 0)
            {
                output.WriteLine($"\nIf what stands there instead of a number means \"missing\", write it into node.yaml below '{id}': missing: [NA, '…']. Then: vantage node data check {id}");
            }

            output.WriteLine(view.Ok
                ? $"\nAdded to {home.Settings}. The node reads it when it starts; what may be done with '{id}' is for policy.yaml to say."
                : "\nNothing was changed.");
        });
        return view.Ok ? ExitCodes.Ok : ExitCodes.Failed;
    }

    /// <summary>What a file was found to be, where it was not said, so that from now on it is declared.</summary>
    private static string FoundLines(SourceSettings source, string declaration, CancellationToken cancellationToken)
    {
        var said = SourceDeclaration.FoundKeys.Where(key => declaration.Contains($"\n  {key}: ", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        return source switch
        {
            CsvSourceSettings csv => DialectLines(csv, DialectFinder.Find(csv, said, cancellationToken)),
            ExcelSettings excel when !said.Contains("skip") && SheetFinder.Skip(excel) is > 0 and var skip => $"  skip: {skip}\n",
            _ => "",
        };
    }

    /// <summary>The dates that were said stand last, and those that were found below them.</summary>
    private static string DialectLines(CsvSourceSettings csv, FoundDialect found) =>
        (found.Dates.Count > 0 && csv.Dates.Count == 0 ? "  dates:\n" : "") + string.Concat(found.Dates.Select(date => $"    {date.Column}: {date.Form}\n"))
            + string.Concat(found.Keys.Select(key => $"  {key.Key}: {key.Value}\n"));

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
}
