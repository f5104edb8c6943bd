namespace Vantage.Algorithms.Tables.Parquet;

/// <summary>Where the values of one column in one group of rows are.</summary>
internal readonly record struct ParquetChunk(long Start, long Length, long Values)
{
    private const int Uncompressed = 0;

    public static ParquetChunk Read(ref ThriftFields thrift, long file)
    {
        ParquetChunk? chunk = null;
        for (var field = thrift.Next(0, out var kind); field != 0; field = thrift.Next(field, out kind))
        {
            if (field == 3)
                chunk = Content(ref thrift);
            else
                thrift.Skip(kind);
        }

        return chunk is { Start: > 0, Length: >= 0, Values: >= 0 } found && found.Length <= file - found.Start
            ? found
            : throw new ParquetFault("a column lies outside the file");
    }

    private static ParquetChunk Content(ref ThriftFields thrift)
    {
        var (codec, values, length, data, dictionary) = (-1L, -1L, -1L, -1L, 0L);
        for (var field = thrift.Next(0, out var kind); field != 0; field = thrift.Next(field, out kind))
        {
            switch (field)
            {
                case 4:
                    codec = thrift.Whole();
                    break;
                case 5:
                    values = thrift.Whole();
                    break;
                case 7:
                    length = thrift.Whole();
                    break;
                case 9:
                    data = thrift.Whole();
                    break;
                case 11:
                    dictionary = thrift.Whole();
                    break;
                default:
                    thrift.Skip(kind);
                    break;
            }
        }

        return codec == Uncompressed
            ? new(dictionary > 0 ? Math.Min(dictionary, data) : data, length, values)
            : throw new ParquetFault("it is compressed, as snapshots are not");
    }
}

/// <summary>What stands before the bytes of a page.</summary>
internal readonly record struct PageHead(PageKind Kind, int Bytes, int Values, PageEncoding Encoding)
{
    public static PageHead Read(ReadOnlySpan<byte> from, out int size)
    {
        var thrift = new ThriftFields(from);
        var (type, bytes, values, encoding) = (-1L, -1L, -1L, -1L);
        for (var field = thrift.Next(0, out var kind); field != 0; field = thrift.Next(field, out kind))
        {
            switch (field)
            {
                case 1:
                    type = thrift.Whole();
                    break;
                case 3:
                    bytes = thrift.Whole();
                    break;
                case 5 or 7:
                    (values, encoding) = Inner(ref thrift);
                    break;
                default:
                    thrift.Skip(kind);
                    break;
            }
        }

        size = thrift.Position;
        return bytes is >= 0 and <= int.MaxValue && values is >= 0 and <= int.MaxValue
            ? new((PageKind)type, (int)bytes, (int)values, (PageEncoding)encoding)
            : throw new ParquetFault("a page has no size");
    }

    /// <summary>Number of values and encoding come first with pages of values and with dictionaries.</summary>
    private static (long Values, long Encoding) Inner(ref ThriftFields thrift)
    {
        var (values, encoding) = (-1L, -1L);
        for (var field = thrift.Next(0, out var kind); field != 0; field = thrift.Next(field, out kind))
        {
            if (field == 1)
                values = thrift.Whole();
            else if (field == 2)
                encoding = thrift.Whole();
            else
                thrift.Skip(kind);
        }

        return (values, encoding);
    }
}

internal enum PageKind
{
    Data = 0,
    Dictionary = 2,
}

internal enum PageEncoding
{
    Plain = 0,

    /// <summary>An older name of <see cref="Dictionary"/>.</summary>
    PlainDictionary = 2,

    Dictionary = 8,
}
