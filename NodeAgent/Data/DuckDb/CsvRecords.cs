namespace Vantage.NodeAgent.Data.DuckDb;

/// <summary>
/// The records of a file as snapshots are written, as they stand there: a line feed ends one unless it is within quotes. Memory
/// holds one record.
/// </summary>
internal sealed class CsvRecords(string path) : IDisposable
{
    private readonly FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;

    /// <summary>Without its line feed, valid until the next; false after the last.</summary>
    public bool Next(out ReadOnlySpan<byte> record)
    {
        // A quote within quotes is written twice, and so ends them and begins them again.
        var (looked, isQuoted) = (0, false);
        while (true)
        {
            var rest = buffer.AsSpan(start + looked, end - start - looked);
            var found = isQuoted ? rest.IndexOf((byte)'"') : rest.IndexOfAny((byte)'"', (byte)'\n');
            if (found < 0)
            {
                looked = end - start;
                if (Fill())
                {
                    continue;
                }

                record = buffer.AsSpan(start, looked);
                start = end;
                return looked > 0;
            }

            if (rest[found] == '\n')
            {
                record = buffer.AsSpan(start, looked + found);
                start += looked + found + 1;
                return true;
            }

            (looked, isQuoted) = (looked + found + 1, !isQuoted);
        }
    }

    public void Dispose() => file.Dispose();

    /// <summary>False at the file's end.</summary>
    private bool Fill()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = file.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
