using Vantage.Cli.CommandLine;
using Vantage.Cli.Dictionaries;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Manifests;

namespace Vantage.Cli.Tasks.Asking;

/// <summary><c>--dictionary</c>: binds the data of a question to a dictionary, by its digest.</summary>
internal static class AskedDictionaries
{
    /// <param name="asked">Each a file or NAME@VERSION, with LABEL= before it or without.</param>
    /// <param name="collaboration">Where it is published.</param>
    /// <param name="data">What they are about; frames keep what they were prepared with.</param>
    public static async Task<IReadOnlyList<DataRef>> BindAsync(Invocation call, IReadOnlyList<string> asked, Func<Invocation, string> collaboration, IReadOnlyList<DataRef> data, CancellationToken cancellationToken)
    {
        var bound = data.ToList();
        foreach (var text in asked)
        {
            var (label, named) = text.Split('=', 2) is [var l, var n] && !File.Exists(text) ? (l, n) : (null, text);
            var dictionary = await FindAsync(call, named, collaboration, cancellationToken);
            var places = Enumerable.Range(0, bound.Count).Where(i => bound[i].Kind == DataKind.Source && (label is null || bound[i].Label == label)).ToList();
            if (places.Count == 0)
            {
                throw UsageException.Because($"--dictionary {text} is about no data of this question.", "Name the data with --data; frames keep the dictionary that they were prepared with.");
            }

            places.ForEach(i => bound[i] = bound[i] with { Dictionary = dictionary });
        }

        return bound;
    }

    private static async Task<DictionaryRef> FindAsync(Invocation call, string named, Func<Invocation, string> collaboration, CancellationToken cancellationToken) =>
        File.Exists(named) || !named.Contains('@', StringComparison.Ordinal)
            ? (await DictionaryCommands.ReadAsync(named, cancellationToken)).Dictionary.Ref
            : (await DictionaryCommands.FetchAsync(call, await Lookup.CollaborationAsync(call.Client, collaboration(call), cancellationToken), named, cancellationToken)).Dictionary.Ref;
}
