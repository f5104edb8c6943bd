using System.Text.Json;
using Vantage.Client.Errors;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Home;

/// <summary>
/// <c>charters/</c>: the charters that are followed here, every version with its consents. They are judged again whenever
/// they are read. One is followed if the person's own organization is a member, by the root in <c>keys/root.crt</c>.
/// </summary>
public sealed partial class ClientHome
{
    /// <summary>The charter of a collaboration as it is followed here; null if none is.</summary>
    /// <param name="collaboration">Whose.</param>
    /// <param name="now">The clock by which it is judged.</param>
    public CharterLine? ReadCharter(CollaborationId collaboration, DateTimeOffset now)
    {
        var path = CharterPath(collaboration);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var versions = JsonSerializer.Deserialize(File.ReadAllText(path), ProtocolJson.Default.ListSignedCharter) ?? [];
            return Failures.Translate(() => CharterLine.Replay(versions, now));
        }
        catch (JsonException e)
        {
            throw new VantageException(ClientErrorCodes.HomeInvalid, $"{path} is damaged: {e.Message}",
                "Without the file the charter is taken anew, and an older version could not be told from the newest.", e);
        }
    }

    /// <summary>
    /// Follows further versions: all of them, or <see cref="VantageException"/> with what stands against them. An older
    /// version, a second one of a serial, or one that too few members agreed to changes nothing.
    /// </summary>
    /// <param name="collaboration">Whose charter it has to be.</param>
    /// <param name="versions">In their order.</param>
    /// <param name="now">The clock by which they are judged.</param>
    public CharterLine? FollowCharter(CollaborationId collaboration, IReadOnlyList<SignedCharter> versions, DateTimeOffset now)
    {
        var known = ReadCharter(collaboration, now);
        var line = Failures.Translate(() => CharterLine.Take(known, versions, collaboration, ReadRoot(), now));
        if (line is not null && line != known)
        {
            Write(CharterPath(collaboration), JsonSerializer.Serialize(
                [.. line.Versions.Select(version => version.Signed)], ProtocolJson.Default.ListSignedCharter) + "\n");
        }

        return line;
    }

    /// <summary>
    /// Whose roots are believed within a collaboration: the pinned ones, and those of the charter's members while it holds.
    /// </summary>
    internal ITrust TrustIn(CollaborationId collaboration, DateTimeOffset now) =>
        ReadCharter(collaboration, now)?.InForceAt(now, ReadRoot()) is { } charter
            ? new MemberTrust(HasPins ? ReadPins(now) : PinnedRoots.None, new PinnedRoots(charter.Text.Roots))
            : ReadPins(now);

    /// <summary>As above, for what was done between two instants: whoever was a member then is believed for then.</summary>
    internal ITrust TrustIn(CollaborationId collaboration, DateTimeOffset now, DateTimeOffset from, DateTimeOffset to) =>
        ReadCharter(collaboration, now) is { } line
            ? new MemberTrust(HasPins ? ReadPins(now) : PinnedRoots.None, line.HistoryOf(from, to))
            : ReadPins(now);

    /// <summary>Everybody who is believed in one collaboration or another: whose lists of revoked keys are of interest.</summary>
    internal ITrust TrustInAny(DateTimeOffset now)
    {
        var folder = Path.Combine(Directory, "charters");
        var charters = !System.IO.Directory.Exists(folder) ? [] : System.IO.Directory.EnumerateFiles(folder, "*.json")
            .Select(file => Id.TryParse<CollaborationId>(Path.GetFileNameWithoutExtension(file), out var id)
                ? ReadCharter(id, now)?.InForceAt(now, ReadRoot()) : null)
            .OfType<CharterVersion>().SelectMany(charter => charter.Text.Roots).DistinctBy(root => root.Certificate.Hash).ToList();
        return charters is [] ? ReadPins(now) : new MemberTrust(HasPins ? ReadPins(now) : PinnedRoots.None, new PinnedRoots(charters));
    }

    private string CharterPath(CollaborationId collaboration) => Path.Combine(Directory, "charters", $"{collaboration}.json");
}
