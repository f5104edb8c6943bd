using System.Buffers;
using System.Text;
using Vantage.NodeAgent.Data.Files;

namespace Vantage.NodeAgent.Data.Csv.Dialect;

/// <summary>
/// In which of the encodings that a source can be declared in a file is written, by all of its bytes. UTF-8 shows itself;
/// of the encodings with a byte for each letter only one is thought of, and its letters want a look.
/// </summary>
internal static class EncodingFinder
{
    private const int Block = 1 << 16;
    private static readonly byte[] NotOfWindows = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

    /// <summary>Throws where there is more than one, or none.</summary>
    public static SourceEncoding Find(CsvFaults faults, string path)
    {
        using var file = FileSources.Open(faults, path);
        var buffer = new byte[Block];
        var (kept, line, isFirst) = (0, 1L, true);
        var (isUtf8, isOther, letters) = (false, 0L, false);
        while (true)
        {
            var read = file.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            var bytes = buffer.AsSpan(0, kept + read);
            if (isFirst && Wide(bytes) is { } wide)
            {
                return wide;
            }

            isFirst = false;
            kept = 0;
            for (var at = 0; at < bytes.Length;)
            {
                var state = Rune.DecodeFromUtf8(bytes[at..], out _, out var length);
                if (state == OperationStatus.NeedMoreData && read > 0 && bytes.Length - at < 4)
                {
                    kept = bytes.Length - at;
                    break;
                }

                isUtf8 |= state == OperationStatus.Done && length > 1;
                isOther = state != OperationStatus.Done && isOther == 0 ? line : isOther;
                letters |= state != OperationStatus.Done && NotOfWindows.Contains(bytes[at]);
                line += bytes[at] == '\n' ? 1 : 0;
                at += length;
            }

            bytes[^kept..].CopyTo(buffer);
            if (read == 0)
            {
                return isOther == 0 ? SourceEncoding.Utf8
                    : isUtf8 ? throw faults.TwoEncodings(isOther)
                    : letters ? throw faults.NoEncoding(isOther)
                    : SourceEncoding.Find("windows-1252")!;
            }
        }
    }

    /// <summary>By its mark, or since every other byte of plain letters is zero.</summary>
    private static SourceEncoding? Wide(ReadOnlySpan<byte> begin)
    {
        if (begin.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || begin.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return SourceEncoding.Find(begin[0] == 0xFF ? "utf-16" : "utf-16BE");
        }

        var zeros = (Even: 0, Odd: 0);
        for (var i = 0; i < Math.Min(begin.Length, 4096); i++)
        {
            zeros = begin[i] != 0 ? zeros : i % 2 == 0 ? (zeros.Even + 1, zeros.Odd) : (zeros.Even, zeros.Odd + 1);
        }

        var many = Math.Min(begin.Length, 4096) / 4;
        return zeros.Odd > many && zeros.Even == 0 ? SourceEncoding.Find("utf-16")
            : zeros.Even > many && zeros.Odd == 0 ? SourceEncoding.Find("utf-16BE")
            : null;
    }
}
