using System.Diagnostics.CodeAnalysis;
using Vantage.NodeAgent.Data.Dictionaries;

namespace Vantage.NodeAgent.Data;

/// <summary>The sources that the admin declared, by id.</summary>
internal sealed class SourceBook(IEnumerable<IDataSource> sources)
{
    private readonly Dictionary<string, IDataSource> byId = sources.ToDictionary(s => s.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Ids => byId.Keys;

    /// <param name="settings">As declared.</param>
    /// <param name="site">How people call this site: whoever asks several has to know whose data do not fit.</param>
    public static SourceBook Of(IEnumerable<SourceSettings> settings, string? site = null) =>
        new(settings.Select(s => (s is MappedSettings mapped ? mapped with { Site = site } : s).Open()));

    public bool TryFind(string id, [NotNullWhen(true)] out IDataSource? source) => byId.TryGetValue(id, out source);
}
