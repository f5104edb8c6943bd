using System.Diagnostics.CodeAnalysis;

namespace Vantage.NodeAgent.Data;

/// <summary>The sources that the admin declared, by id.</summary>
internal sealed class SourceBook(IEnumerable<IDataSource> sources)
{
    private readonly Dictionary<string, IDataSource> byId = sources.ToDictionary(s => s.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<string> Ids => byId.Keys;

    public static SourceBook Of(IEnumerable<SourceSettings> settings) => new(settings.Select(s => s.Open()));

    public bool TryFind(string id, [NotNullWhen(true)] out IDataSource? source) => byId.TryGetValue(id, out source);
}
