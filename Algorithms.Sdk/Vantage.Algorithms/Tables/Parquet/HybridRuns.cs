using System.Buffers.Binary;

namespace Vantage.Algorithms.Tables.Parquet;

/// <summary>Small whole numbers as Parquet packs them: runs of one value, in turn with stretches of so many bits a value.</summary>
internal sealed class HybridRuns
{
    private int bits;
    private FileBytes bytes = null!;
    private long run;
    private int value;
    private ulong packed;
    private int packedBits;
    private long packedBytes;
    private bool isPacked;

    public void Open(FileBytes from, int width)
    {
        if (width is < 0 or > 31)
            throw new ParquetFault("values of a dictionary are counted in too many bits");
        (bytes, bits, run, packedBits, packed) = (from, width, 0, 0, 0);
    }

    /// <summary>The next value, and how often it comes at once, at most so often.</summary>
    public int Run(int most, out int found)
    {
        if (run == 0)
            Head();
        if (!isPacked)
        {
            var count = (int)Math.Min(run, most);
            run -= count;
            found = value;
            return count;
        }

        found = Unpack();
        return 1;
    }

    public void Read(Span<int> values)
    {
        for (var at = 0; at < values.Length;)
        {
            if (run > 0 && isPacked)
            {
                var stretch = values[at..(at + (int)Math.Min(run, values.Length - at))];
                for (var i = 0; i < stretch.Length; i++)
                    stretch[i] = Unpack();
                at += stretch.Length;
                continue;
            }

            var count = Run(values.Length - at, out var found);
            values.Slice(at, count).Fill(found);
            at += count;
        }
    }

    private void Head()
    {
        var head = 0UL;
        var shift = 0;
        for (byte next = 128; next >= 128; shift += 7)
        {
            if (shift > 35)
                throw new ParquetFault("a run is too long");
            next = bytes.Byte();
            head |= (ulong)(next & 127) << shift;
        }

        isPacked = (head & 1) == 1;
        run = isPacked ? (long)(head >> 1) * 8 : (long)(head >> 1);
        (packed, packedBits, packedBytes) = (0, 0, (long)(head >> 1) * bits);
        if (run == 0)
            throw new ParquetFault("a run is empty");
        if (isPacked)
            return;
        Span<byte> wide = stackalloc byte[4];
        wide.Clear();
        bytes.Take((bits + 7) / 8).CopyTo(wide);
        value = BinaryPrimitives.ReadInt32LittleEndian(wide);
    }

    private int Unpack()
    {
        run--;
        while (packedBits < bits)
        {
            if (packedBytes >= 4)
            {
                packed |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes.Take(4)) << packedBits;
                (packedBits, packedBytes) = (packedBits + 32, packedBytes - 4);
            }
            else
            {
                packed |= (ulong)bytes.Byte() << packedBits;
                (packedBits, packedBytes) = (packedBits + 8, packedBytes - 1);
            }
        }

        var found = (int)(packed & ((1UL << bits) - 1));
        packed >>= bits;
        packedBits -= bits;
        return found;
    }
}
