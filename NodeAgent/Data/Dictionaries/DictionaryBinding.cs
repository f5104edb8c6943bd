using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Data.Dictionaries;

/// <summary>Whether the sources that a task names speak the very dictionary that it was written against. Settled before anything is read.</summary>
internal static class DictionaryBinding
{
    /// <summary>In words for the asker; null if all fits.</summary>
    /// <param name="data">What the task asks for.</param>
    /// <param name="sources">What is here.</param>
    /// <param name="site">How people call this site.</param>
    public static string? Refusal(IEnumerable<DataRef> data, SourceBook sources, string? site)
    {
        foreach (var each in data)
        {
            if (each.Dictionary is { } asked && sources.TryFind(each.Id, out var source) && Refusal(asked, (source as MappedSource)?.Mapping.Dictionary.Ref) is { } found)
            {
                return $"Site {site ?? "here"}, source '{each.Id}': expected dictionary {asked.Words} ({Short(asked)}), found {found}";
            }
        }

        return null;
    }

    private static string? Refusal(DictionaryRef asked, DictionaryRef? held) => held switch
    {
        null => "data that are mapped to no dictionary. The site's admin maps them: 'dictionary' under the source in node.yaml.",
        _ when held == asked => null,
        _ when held.Name != asked.Name || held.Version != asked.Version =>
            $"{held.Words} ({Short(held)}). Ask with --dictionary {held.Words}, or have the site's admin map the source to {asked.Words}.",
        _ => $"another file of the same name and version ({Short(held)}). Both should take the published one: vantage dictionary show {asked.Words} --out FILE.",
    };

    private static string Short(DictionaryRef dictionary) => dictionary.Digest.ToString()[..19];
}
