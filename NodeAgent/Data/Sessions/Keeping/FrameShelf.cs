using System.Text.Json;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Data.Sessions.Keeping;

/// <summary>
/// The frames of this node, each in a folder of its own that appears whole or not at all and whose rows nobody writes to
/// again. What can't be read is not there: it is swept, and can be prepared anew.
/// </summary>
internal sealed class FrameShelf(NodeHome home, TimeProvider time)
{
    public const string Rows = "rows.csv";
    private const string Record = "frame.json";
    private const string Making = "making-";

    /// <summary>A use is remembered when the last remembered one is older: expiry counts in days.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromHours(1);

    private readonly Lock gate = new();

    /// <summary>An empty folder in which a frame is made, on the same disk as those that are kept.</summary>
    public string Make()
    {
        CreateRoot();
        var folder = Path.Combine(home.Sessions, Making + Path.GetRandomFileName());
        Durable.CreateFolder(folder);
        return folder;
    }

    /// <summary>The frame that a name stands for, or that of a version or recipe; null if there is none or it has expired.</summary>
    public KeptFrame? Find(SessionKey key, string name, string? version = null) => Of(key)
        .Where(f => f.Record.Name == name && (version is null || f.Record.Version.ToString() == version || f.Record.Recipe.ToString() == version))
        .MaxBy(f => f.Record.NamedAt);

    /// <summary>What each name of a session stands for.</summary>
    public IReadOnlyList<KeptFrame> List(SessionKey key) =>
        [.. Of(key).GroupBy(f => f.Record.Name, StringComparer.Ordinal).Select(g => g.MaxBy(f => f.Record.NamedAt)!).OrderBy(f => f.Record.Name, StringComparer.Ordinal)];

    /// <summary>How much people of an organization keep in all their sessions of a collaboration.</summary>
    public (int Frames, long Bytes) Used(CollaborationId collaboration, OrganizationId organization)
    {
        var kept = All().Where(f => f.Record.Session.Collaboration == collaboration && f.Record.Session.Organization == organization).ToList();
        return (kept.Count, kept.Sum(f => f.Record.Bytes));
    }

    /// <summary>Keeps what was made, unless the quota says no; of two that made the same, the first stays.</summary>
    /// <param name="folder">From <see cref="Make"/>, with the rows in it. It is gone afterwards.</param>
    /// <param name="refuse">Told what is there without it; gives the reason why it may not be kept.</param>
    public (KeptFrame? Frame, string? Refusal) Keep(FrameRecord record, string folder, Func<int, long, string?> refuse)
    {
        lock (gate)
        {
            var (frames, bytes) = Used(record.Session.Collaboration, record.Session.Organization);
            if (refuse(frames, bytes) is { } refusal)
            {
                return (null, refusal);
            }

            Durable.Replace(Path.Combine(folder, Record), JsonSerializer.SerializeToUtf8Bytes(record, FrameRecordJson.Default.FrameRecord));
            var session = Path.Combine(home.Sessions, record.Session.Folder);
            Durable.CreateFolder(session);
            var place = Path.Combine(session, Digest.OfText($"{record.Name}\n{record.Version}").ToHex()[..32]);
            if (Directory.Exists(place))
            {
                Directory.Delete(place, recursive: true);
            }

            Directory.Move(folder, place);
            Durable.FlushFolder(session);
            return (new KeptFrame(record, place), null);
        }
    }

    /// <summary>Somebody computes on it, or asked for exactly it again: then its name stands for it.</summary>
    public KeptFrame Use(KeptFrame frame, int? namedForDays = null)
    {
        var now = time.GetUtcNow();
        if (namedForDays is null && now - frame.Record.UsedAt < Grain)
        {
            return frame;
        }

        lock (gate)
        {
            var record = frame.Record with { UsedAt = now, NamedAt = namedForDays is null ? frame.Record.NamedAt : now, Days = namedForDays ?? frame.Record.Days };
            if (Directory.Exists(frame.Folder))
            {
                Durable.Replace(Path.Combine(frame.Folder, Record), JsonSerializer.SerializeToUtf8Bytes(record, FrameRecordJson.Default.FrameRecord));
            }

            return frame with { Record = record };
        }
    }

    /// <summary>Deletes a session, or all versions of one of its frames; the names of what went.</summary>
    public IReadOnlyList<string> End(SessionKey key, string? name)
    {
        lock (gate)
        {
            var ended = Of(key).Where(f => name is null || f.Record.Name == name).ToList();
            ended.ForEach(f => Directory.Delete(f.Folder, recursive: true));
            return [.. ended.Select(f => f.Record.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Deletes what has expired, what can't be read, and what is nobody's any more; how many folders.</summary>
    /// <param name="isWanted">Whether frames of a collaboration may be kept at all.</param>
    /// <param name="isFirst">Nothing is being made yet, so that what is half made was left by an earlier life.</param>
    public int Sweep(Func<CollaborationId, bool> isWanted, bool isFirst)
    {
        lock (gate)
        {
            var gone = Folders().Where(folder => Read(folder) is not { } frame || frame.Record.KeptUntil <= time.GetUtcNow()
                || !isWanted(frame.Record.Session.Collaboration)).ToList();
            if (isFirst && Directory.Exists(home.Sessions))
            {
                gone.AddRange(Directory.EnumerateDirectories(home.Sessions, Making + "*"));
            }

            gone.ForEach(folder => Directory.Delete(folder, recursive: true));
            return gone.Count;
        }
    }

    private IEnumerable<KeptFrame> Of(SessionKey key)
    {
        var folder = Path.Combine(home.Sessions, key.Folder);
        return Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Select(Read).OfType<KeptFrame>()
                .Where(f => f.Record.Session == key && f.Record.KeptUntil > time.GetUtcNow())
            : [];
    }

    /// <summary>Of whomever, expired ones too.</summary>
    public IEnumerable<KeptFrame> All() => Folders().Select(Read).OfType<KeptFrame>();

    private IEnumerable<string> Folders() => Directory.Exists(home.Sessions)
        ? Directory.EnumerateDirectories(home.Sessions).Where(d => !Path.GetFileName(d).StartsWith(Making, StringComparison.Ordinal))
            .SelectMany(Directory.EnumerateDirectories)
        : [];

    private static KeptFrame? Read(string folder)
    {
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, Record)), FrameRecordJson.Default.FrameRecord);
            return record is { V: 1 } ? new KeptFrame(record, folder) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private void CreateRoot()
    {
        Durable.CreateFolder(home.State);
        Durable.CreateFolder(home.Sessions);
    }
}
