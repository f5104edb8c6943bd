using System.Buffers;

namespace Vantage.Protocol.Audits.Trails;

/// <summary>Trails in files.</summary>
public static class TrailFiles
{
    /// <summary>Longer than any line of a trail.</summary>
    private const int LongestLine = 1024 * 1024;

    /// <summary>Verifies a file line by line, each ended by a line feed. Throws <see cref="IOException"/>.</summary>
    public static TrailVerdict Verify(string path, TrailExpectation expected)
    {
        var verifier = new TrailVerifier(expected);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        var line = new ArrayBufferWriter<byte>();
        for (var next = file.ReadByte(); next >= 0; next = file.ReadByte())
        {
            if (next != '\n')
            {
                line.Write([(byte)next]);
                if (line.WrittenCount <= LongestLine)
                    continue;
            }

            if (!verifier.Read(line.WrittenSpan))
                return verifier.Complete();
            line.ResetWrittenCount();
        }

        // A last line without its end was cut off, whatever it says.
        if (line.WrittenCount > 0)
            verifier.Read([]);
        return verifier.Complete();
    }
}
