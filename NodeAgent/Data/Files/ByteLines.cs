namespace Vantage.NodeAgent.Data.Files;

/// <summary>The lines of a file as bytes. Memory holds one, and none is longer than allowed.</summary>
/// <param name="content">The file.</param>
/// <param name="tooLong">What to throw for a longer one, by its number.</param>
internal sealed class ByteLines(Stream content, Func<long, SourceException> tooLong)
{
    public const int MostMebibytes = 16;
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private bool isEnd;

    /// <summary>From 1 on.</summary>
    public long Line { get; private set; }

    /// <summary>Without its end, valid until the next; false after the last.</summary>
    public bool Read(out ReadOnlyMemory<byte> line)
    {
        var looked = 0;
        int found;
        while ((found = buffer.AsSpan(start + looked, end - start - looked).IndexOf((byte)'\n')) < 0)
        {
            looked = end - start;
            if (!Fill())
            {
                line = buffer.AsMemory(start, looked);
                start = end;
                Line += looked == 0 ? 0 : 1;
                return looked > 0;
            }
        }

        line = buffer.AsMemory(start, looked + found);
        start += looked + found + 1;
        Line++;
        return true;
    }

    /// <summary>False at the file's end.</summary>
    private bool Fill()
    {
        if (isEnd)
        {
            return false;
        }

        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            if (buffer.Length >= MostMebibytes << 20)
            {
                throw tooLong(Line + 1);
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var (isFirst, more) = (Line == 0 && end == 0, content.ReadAtLeast(buffer.AsSpan(end), Math.Min(Mark.Length, buffer.Length - end), throwOnEndOfStream: false));
        end += more;
        // Some programs write a mark before the first line.
        start = isFirst && buffer.AsSpan(0, end).StartsWith(Mark) ? Mark.Length : start;
        isEnd = more == 0;
        return !isEnd;
    }
}
