using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Streaming;

namespace Vantage.NodeAgent.Data.Fhir;

/// <summary>The lines of one file after the other, and the digests of what was in them. Memory holds one line.</summary>
internal sealed class FhirLines(FhirFaults faults, IReadOnlyList<string> paths) : IDisposable
{
    public const int MostMebibytes = 16;
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];
    private readonly List<(string Path, Digest Content)> read = [];
    private readonly List<(long Before, string Name)> begun = [];
    private byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private FileStream? file;
    private DigestStream? content;

    /// <summary>Counted through all files.</summary>
    public long Line { get; private set; }

    public IReadOnlyList<(string Path, Digest Content)> Contents => read;

    /// <summary>Without its end, valid until the next; false after the last.</summary>
    public bool Read(out ReadOnlyMemory<byte> line)
    {
        var looked = 0;
        while (true)
        {
            if (buffer.AsSpan(start + looked, end - start - looked).IndexOf((byte)'\n') is >= 0 and var found)
            {
                line = buffer.AsMemory(start, looked + found);
                start += looked + found + 1;
                Line++;
                return true;
            }

            looked = end - start;
            if (file is null ? OpenNext() : Fill())
            {
                continue;
            }

            if (file is null)
            {
                line = default;
                return false;
            }

            line = buffer.AsMemory(start, looked);
            start = end;
            Close();
            if (!line.IsEmpty)
            {
                Line++;
                return true;
            }

            looked = 0;
        }
    }

    /// <summary>A line as people find it.</summary>
    public string Where(long line)
    {
        var (before, name) = begun.LastOrDefault(each => each.Before < line, begun[0]);
        return $"{name}, line {line - before}";
    }

    public void Dispose()
    {
        content?.Dispose();
        file?.Dispose();
    }

    private bool OpenNext()
    {
        if (begun.Count == paths.Count)
        {
            return false;
        }

        var path = paths[begun.Count];
        begun.Add((Line, Path.GetFileName(path)));
        file = FileSources.Open(faults, path);
        content = new DigestStream(file);
        (start, end) = (0, 0);
        // Some programs write a mark before the first line.
        end = content.ReadAtLeast(buffer.AsSpan(0, Mark.Length), Mark.Length, throwOnEndOfStream: false);
        start = buffer.AsSpan(0, end).SequenceEqual(Mark) ? end : 0;
        return true;
    }

    /// <summary>False at the file's end.</summary>
    private bool Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            if (buffer.Length >= MostMebibytes << 20)
            {
                throw faults.LineTooLong(Where(Line + 1), MostMebibytes);
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var more = content!.Read(buffer.AsSpan(end));
        end += more;
        return more > 0;
    }

    private void Close()
    {
        read.Add((paths[begun.Count - 1], content!.GetDigest()));
        content.Dispose();
        file!.Dispose();
        (file, content) = (null, null);
    }
}
