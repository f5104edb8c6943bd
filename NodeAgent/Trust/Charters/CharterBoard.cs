using System.Collections.Concurrent;
using Vantage.NodeAgent.Hosting;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Trust.Charters;

/// <summary>
/// The charters that this node follows. It follows one if its own organization, by the root that its admin installed, is
/// a member: nobody becomes one without having signed. Later versions are believed by the members' consents alone,
/// whoever brings them, and stay in the node's state, so that an older one or a fork is noticed after a restart too.
/// </summary>
internal sealed class CharterBoard(NodeHome home, TimeProvider time)
{
    private readonly ConcurrentDictionary<CollaborationId, CharterLine?> lines = new();
    private readonly Lock gate = new();

    /// <summary>The newest version followed; null if there is none. Throws <see cref="TrustException"/> if its file is damaged.</summary>
    public CharterVersion? Head(CollaborationId collaboration) => Line(collaboration)?.Head;

    /// <summary>The version by which its members are believed now; null outside of its time and when this organization has left.</summary>
    public CharterVersion? InForce(CollaborationId collaboration)
    {
        try
        {
            return Line(collaboration)?.InForceAt(time.GetUtcNow(), OwnRoot.Load(home));
        }
        catch (TrustException)
        {
            // Whoever fetches charters tells of it; until the file is mended nobody is believed by it.
            return null;
        }
    }

    /// <summary>Everybody who is believed by some charter now.</summary>
    public PinnedRoots Members() => !Directory.Exists(home.Charters) ? PinnedRoots.None : new(
        Directory.EnumerateFiles(home.Charters, "*.json")
            .Select(file => Id.TryParse<CollaborationId>(Path.GetFileNameWithoutExtension(file), out var id) ? InForce(id) : null)
            .OfType<CharterVersion>().SelectMany(charter => charter.Text.Roots).DistinctBy(root => root.Certificate.Hash));

    /// <summary>Follows these versions too: all of them, or <see cref="TrustException"/>.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Offer(CollaborationId collaboration, IReadOnlyList<SignedCharter> versions)
    {
        lock (gate)
        {
            var known = Line(collaboration);
            var line = CharterLine.Take(known, versions, collaboration, OwnRoot.Load(home), time.GetUtcNow());
            if (line is null || line == known)
            {
                return false;
            }

            CharterFile.Write(home, collaboration, line);
            lines[collaboration] = line;
            return true;
        }
    }

    private CharterLine? Line(CollaborationId collaboration) =>
        lines.GetOrAdd(collaboration, id => CharterFile.Read(home, id, time.GetUtcNow()));
}
