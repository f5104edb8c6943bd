using Vantage.NodeAgent.Data.Dictionaries.Checking;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Hosting.Commands;
using Vantage.Protocol.Errors;

namespace Vantage.NodeAgent.Data.Desk;

/// <summary><c>data check</c> and <c>data describe</c>: the sources of node.yaml, read to their ends.</summary>
internal static class DataVerbs
{
    private static readonly VerbOption Source = new("SOURCE", null, "One source by its id; without it all of them.");

    public static IReadOnlyList<NodeVerb> All { get; } =
    [
        DataAddVerb.Verb,
        DataPreviewVerb.Verb,
        DataMapVerb.Verb,
        new("data check", "Read the sources to their ends, and say what is wrong with them. Exit code 1 if one can't be used.",
            [new("--dictionary", "FILE|NAME@VERSION", "Hold them against a dictionary, variable by variable; what is printed may be shown to others."),
                new("--mapping", "FILE", "With --dictionary: by this mapping, in place of the one in node.yaml.")],
            (call, cancellationToken) => call.Find("--dictionary") is { } dictionary
                ? CheckAsync(call, dictionary, cancellationToken)
                : call.Find("--mapping") is null ? ReadAsync(call, exact: true, columns: false, cancellationToken)
                : throw CommandFailure.Usage("--mapping is of a dictionary: add --dictionary FILE or NAME@VERSION.")) { Word = Source },
        new("data describe", "What the sources hold: columns, types, rows, digest, version.",
            [new("--exact", null, "Exact numbers of rows. By itself they are rounded as the policy lets counts be told, to be shown to others.")],
            (call, cancellationToken) => ReadAsync(call, call.Find("--exact") is not null, columns: true, cancellationToken)) { Word = Source },
    ];

    private static async Task<int> CheckAsync(VerbCall call, string asked, CancellationToken cancellationToken)
    {
        var sources = Asked(call);
        var dictionary = DictionaryCheck.Find(call.Home, sources, asked);
        var said = call.Find("--mapping") is { } mapping ? DictionaryCheck.Mapping(mapping, dictionary) : null;
        var views = new List<DictionaryView>();
        foreach (var source in sources)
        {
            views.Add(await DictionaryCheck.RunAsync(call.Home, source, dictionary, said, cancellationToken));
        }

        call.Answer<IReadOnlyList<DictionaryView>>(views, VerbJson.Default.IReadOnlyListDictionaryView, text => views.ForEach(view => view.Write(text)));
        return views.All(view => view.Ok) ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static async Task<int> ReadAsync(VerbCall call, bool exact, bool columns, CancellationToken cancellationToken)
    {
        var asked = Asked(call);
        var reading = new DatasetReading(call.Home, TimeProvider.System);
        var views = new List<DatasetView>();
        foreach (var source in asked)
        {
            views.Add(await reading.ReadAsync(source, exact, cancellationToken));
        }

        call.Answer<IReadOnlyList<DatasetView>>(views, VerbJson.Default.IReadOnlyListDatasetView, text => views.ForEach(view => view.Write(text, columns)));
        return views.All(view => view.Ok) ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static IReadOnlyList<SourceSettings> Asked(VerbCall call)
    {
        var home = call.Home;
        var sources = NodeSettings.Load(home).Sources;
        var asked = call.Find(Source.Name) is { } id ? sources.Where(source => source.Id == id).ToList() : sources;
        return asked.Count > 0 ? asked : throw new CommandFailure(ExitCodes.NotFound, call.Find(Source.Name) is { } name
            ? $"{home.Settings} has no source '{name}'. It has: {string.Join(", ", sources.Select(source => source.Id))}."
            : $"{home.Settings} has no sources. Add one: vantage node data add ID --path FILE --dir DIR.");
    }
}
