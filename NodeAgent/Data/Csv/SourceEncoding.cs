using System.Text;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>The encodings a source can be declared in. A byte order mark wins over the declaration.</summary>
/// <param name="Name">As declared and as error texts say it.</param>
/// <param name="Transcoding">Null for UTF-8, which is read as it is.</param>
internal sealed record SourceEncoding(string Name, Encoding? Transcoding)
{
    public static readonly SourceEncoding Utf8 = new("utf-8", null);

    private static readonly SourceEncoding[] Known =
    [
        Utf8,
        new("utf-16", Encoding.Unicode),
        new("utf-16BE", Encoding.BigEndianUnicode),
        new("iso-8859-1", Encoding.Latin1),
        new("windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!),
    ];

    public static string Names => string.Join(", ", Known.Select(e => e.Name));

    public static SourceEncoding? Find(string name) =>
        Known.FirstOrDefault(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
