using System.Globalization;
using System.Text.Json;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Audits.Trails;

namespace Vantage.NodeAgent.Audit.Trail;

/// <summary>
/// The trail's files: numbered, each begun when the one before was large enough, and never changed after that. An admin
/// may move old ones to an archive: what is left goes on and verifies by itself.
/// </summary>
internal sealed class Segments(string folder)
{
    private const string Extension = ".trail";

    /// <summary>The head last written, in a file of its own: with it a trail that was cut off at a whole record is noticed too.</summary>
    public string HeadPath => Path.Combine(folder, "trail.head");

    public string Folder => folder;

    public IReadOnlyList<int> Numbers => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*" + Extension)
            .Select(path => int.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0).Order(),
    ];

    public string PathOf(int number) => Path.Combine(folder, number.ToString("D8", CultureInfo.InvariantCulture) + Extension);

    /// <summary>All frames of a segment, without touching its file. What is being written at its end is left out.</summary>
    public IEnumerable<SegmentFrame> Read(int number)
    {
        var path = PathOf(number);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return RecordFile.Parse(path, content.ToArray()).Select(record => Parse(path, record.Span)).ToList();
    }

    public AuditHead? ReadHead()
    {
        try
        {
            return File.Exists(HeadPath) ? TrailJson.ReadHead(File.ReadAllBytes(HeadPath)) : null;
        }
        catch (JsonException e)
        {
            throw Damaged(HeadPath, e.Message, e);
        }
    }

    /// <summary>What a segment ends in; null if it is not here any more.</summary>
    public static AuditHead? LastHead(Segments segments, int number) =>
        segments.Numbers.Contains(number) ? segments.Read(number).LastOrDefault(frame => frame.Head is not null)?.Head : null;

    public static SegmentFrame Parse(string path, ReadOnlySpan<byte> record)
    {
        try
        {
            return JsonSerializer.Deserialize(record, SegmentJson.Default.SegmentFrame) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw Damaged(path, e.Message, e);
        }
    }

    public static JournalException Damaged(string path, string why, Exception? inner = null) => new(
        $"The node's audit trail is damaged: {path}: {why} Nothing was touched. Keep the folder as it is and find out who or what changed it; "
        + "restore it from a backup, or move the folder away: the node then begins a new trail, and says so in its first entry.", inner);
}
