using System.Buffers;
using System.Text;

namespace Federation.Tests.Blindness;

/// <summary>Looks for texts in bytes: as they are, in base64 at each of its three alignments, in hex, and as UTF-16.</summary>
internal sealed class Search
{
    private readonly SearchValues<string> needles;
    private readonly int longest;

    public Search(IEnumerable<string> texts)
    {
        var spellings = texts.SelectMany(Spellings).Distinct().ToArray();
        longest = spellings.Max(spelling => spelling.Length);
        needles = SearchValues.Create(spellings, StringComparison.Ordinal);
    }

    /// <summary>What was found, as it was spelled, or null.</summary>
    public string? In(Stream stream)
    {
        // Latin-1 gives each byte its character, so that bytes can be searched as text.
        var buffer = new byte[1 << 20];
        var kept = 0;
        while (stream.ReadAtLeast(buffer.AsSpan(kept), 1, throwOnEndOfStream: false) is > 0 and var count)
        {
            var text = Encoding.Latin1.GetString(buffer, 0, kept + count);
            if (text.AsSpan().IndexOfAny(needles) is >= 0 and var at)
            {
                return text.Substring(at, Math.Min(longest, text.Length - at));
            }

            var total = kept + count;
            kept = Math.Min(longest, total);
            buffer.AsSpan(total - kept, kept).CopyTo(buffer);
        }

        return null;
    }

    private static IEnumerable<string> Spellings(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        yield return text;
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        yield return Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(text));
        yield return Encoding.Latin1.GetString(Encoding.BigEndianUnicode.GetBytes(text));
        for (var shift = 0; shift < 3; shift++)
        {
            // Characters that also depend on the neighbours are cut off.
            var encoded = Convert.ToBase64String([.. new byte[shift], .. bytes]);
            var first = shift == 0 ? 0 : shift + 1;
            var whole = encoded[first..((shift + bytes.Length) / 3 * 4)];
            yield return whole;
            yield return whole.Replace('+', '-').Replace('/', '_');
        }
    }
}
