using Vantage.Cli.CommandLine;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Manifests;

namespace Vantage.Cli.Tasks.Asking;

/// <summary><c>--dictionary</c>: binds the data of a question to a dictionary, by its digest.</summary>
internal static class AskedDictionaries
{
    /// <param name="asked">Each a file, or LABEL=FILE.</param>
    /// <param name="data">What they are about; frames keep what they were prepared with.</param>
    public static async Task<IReadOnlyList<DataRef>> BindAsync(IReadOnlyList<string> asked, IReadOnlyList<DataRef> data, CancellationToken cancellationToken)
    {
        var bound = data.ToList();
        foreach (var text in asked)
        {
            var (label, named) = text.Split('=', 2) is [var l, var n] && !File.Exists(text) ? (l, n) : (null, text);
            var dictionary = await FindAsync(named, cancellationToken);
            var places = Enumerable.Range(0, bound.Count).Where(i => bound[i].Kind == DataKind.Source && (label is null || bound[i].Label == label)).ToList();
            if (places.Count == 0)
            {
                throw UsageException.Because($"--dictionary {text} is about no data of this question.", "Name the data with --data; frames keep the dictionary that they were prepared with.");
            }

            places.ForEach(i => bound[i] = bound[i] with { Dictionary = dictionary });
        }

        return bound;
    }

    private static async Task<DictionaryRef> FindAsync(string named, CancellationToken cancellationToken)
    {
        if (!File.Exists(named))
        {
            throw UsageException.Because($"There is no dictionary file '{named}'.", "Give the file of the dictionary, such as --dictionary sepsis-1.0.json.");
        }

        try
        {
            return DataDictionary.Read(await File.ReadAllBytesAsync(named, cancellationToken)).Ref;
        }
        catch (DictionaryException e)
        {
            throw UsageException.Because($"{named} is no dictionary: {e.Message}", "docs/dictionary.md says what one looks like.");
        }
    }
}
