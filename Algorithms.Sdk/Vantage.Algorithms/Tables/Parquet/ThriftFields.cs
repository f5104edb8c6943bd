using System.Text;

namespace Vantage.Algorithms.Tables.Parquet;

/// <summary>
/// Reads a structure of Thrift's compact protocol, in which Parquet writes its table of contents. What is not asked for is
/// passed over.
/// </summary>
internal ref struct ThriftFields(ReadOnlySpan<byte> bytes)
{
    private const int Deepest = 32;
    private readonly ReadOnlySpan<byte> bytes = bytes;
    private int depth;

    /// <summary>How much was read.</summary>
    public int Position { get; private set; }

    /// <summary>Goes to the next field of a structure; 0 at its end.</summary>
    /// <param name="last">The field before, 0 at first.</param>
    /// <param name="kind">How its value is written.</param>
    public int Next(int last, out ThriftKind kind)
    {
        var head = Byte();
        kind = (ThriftKind)(head & 15);
        return kind == ThriftKind.Stop ? 0 : head >> 4 is not 0 and var step ? last + step : (int)Whole();
    }

    /// <summary>A whole number of any width.</summary>
    public long Whole()
    {
        var raw = Varint();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    public string Text()
    {
        var length = Length();
        var text = Encoding.UTF8.GetString(bytes.Slice(Position, length));
        Position += length;
        return text;
    }

    /// <summary>How many elements a list has, each of which is read next.</summary>
    public int List()
    {
        var head = Byte();
        var count = head >> 4 is not 15 and var few ? few : checked((int)Varint());
        // Each takes a byte at least, so that no count makes room for what is not there.
        return count <= bytes.Length - Position ? count : throw new ParquetFault("a list is longer than its place");
    }

    public void Skip(ThriftKind kind)
    {
        if (++depth > Deepest)
            throw new ParquetFault("structures lie too deep in each other");
        switch (kind)
        {
            case ThriftKind.True or ThriftKind.False:
                break;
            case ThriftKind.Byte:
                _ = Byte();
                break;
            case ThriftKind.I16 or ThriftKind.I32 or ThriftKind.I64:
                _ = Varint();
                break;
            case ThriftKind.Double:
                Position += sizeof(double);
                break;
            case ThriftKind.Binary:
                var length = Length();
                Position += length;
                break;
            case ThriftKind.List or ThriftKind.Set:
                var of = (ThriftKind)(bytes[Position] & 15);
                for (var left = List(); left > 0; left--)
                    SkipElement(of);
                break;
            case ThriftKind.Struct:
                for (var field = Next(0, out var inner); field != 0; field = Next(field, out inner))
                    Skip(inner);
                break;
            default:
                throw new ParquetFault("a field is of no known kind");
        }

        depth--;
    }

    /// <summary>In a list even a truth takes a byte.</summary>
    private void SkipElement(ThriftKind of)
    {
        if (of is ThriftKind.True or ThriftKind.False)
            _ = Byte();
        else
            Skip(of);
    }

    private int Length()
    {
        var length = Varint();
        return length <= (ulong)(bytes.Length - Position) ? (int)length : throw new ParquetFault("a text is longer than its place");
    }

    private byte Byte() => Position < bytes.Length ? bytes[Position++] : throw new ParquetFault("it ends too early");

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }

        throw new ParquetFault("a number is too long");
    }
}

internal enum ThriftKind
{
    Stop = 0,
    True = 1,
    False = 2,
    Byte = 3,
    I16 = 4,
    I32 = 5,
    I64 = 6,
    Double = 7,
    Binary = 8,
    List = 9,
    Set = 10,
    Map = 11,
    Struct = 12,
}

/// <summary>A file that is not as Parquet files are. The message is about its form, never about its content.</summary>
internal sealed class ParquetFault(string message) : Exception(message);
