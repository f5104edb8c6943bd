using Vantage.Cli.CommandLine;
using Vantage.Protocol.Dictionaries;

namespace Vantage.Cli.Sandboxes.Data;

/// <summary>The dictionary that a site's data speak.</summary>
/// <param name="File">Whole path.</param>
/// <param name="Mapping">Whole path of what the site does to its columns; null where they have the dictionary's names.</param>
internal sealed record SpokenDictionary(string File, string? Mapping)
{
    /// <summary>What is no dictionary is told before anything is started; what is wrong with a mapping its node says.</summary>
    public static SpokenDictionary? Of(string site, string? dictionary, string? mapping)
    {
        if (dictionary is null)
        {
            return mapping is null ? null : throw UsageException.Because($"--mapping {mapping} is of no dictionary for {site}.", "Add --dictionary FILE.");
        }

        if (new[] { dictionary, mapping }.FirstOrDefault(file => file is not null && !System.IO.File.Exists(file)) is { } missing)
        {
            throw UsageException.Because($"There is no file '{missing}'.", "A published dictionary is fetched with: vantage dictionary show NAME@VERSION --out FILE");
        }

        try
        {
            DataDictionary.Read(System.IO.File.ReadAllBytes(dictionary));
        }
        catch (DictionaryException e)
        {
            throw UsageException.Because($"{dictionary} is no dictionary: {e.Message}", "docs/dictionary.md says what one looks like.");
        }

        return new(Path.GetFullPath(dictionary), mapping is null ? null : Path.GetFullPath(mapping));
    }
}
