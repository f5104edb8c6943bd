using System.Collections.Concurrent;
using Vantage.Protocol.Cryptography;

namespace Vantage.NodeAgent.Data;

/// <summary>
/// What sources held when they were last read. A source that has not changed since need not be read again to know that it
/// holds the same.
/// </summary>
internal sealed class KnownContents(SourceBook sources, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (string Stamp, Digest Content)> known = new(StringComparer.Ordinal);

    /// <summary>Null if it may have changed.</summary>
    public Digest? Find(string source) =>
        StampOf(source) is { } stamp && known.TryGetValue(source, out var last) && last.Stamp == stamp ? last.Content : null;

    /// <summary>To be asked before it is read.</summary>
    public string? StampOf(string source) => sources.TryFind(source, out var found) ? found.Stamp(time.GetUtcNow()) : null;

    /// <param name="source">Which.</param>
    /// <param name="before">Its stamp before it was read; if that is no longer its stamp, it changed under the reader's hands.</param>
    /// <param name="content">What was read.</param>
    public void Note(string source, string? before, Digest content)
    {
        if (before is not null && before == StampOf(source))
        {
            known[source] = (before, content);
        }
    }
}
