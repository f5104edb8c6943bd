using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Vantage.Algorithms.Tables.Parquet;

/// <summary>A Parquet file's table of contents, as far as it matters here.</summary>
/// <param name="Columns">In the file's order.</param>
/// <param name="Rows">How many rows.</param>
internal sealed record ParquetContents(IReadOnlyList<ParquetColumn> Columns, long Rows)
{
    private const int Letters = 4;

    public static ParquetContents Read(SafeFileHandle file)
    {
        var length = RandomAccess.GetLength(file);
        Span<byte> end = stackalloc byte[2 * Letters];
        if (length < 3 * Letters || RandomAccess.Read(file, end, length - end.Length) != end.Length || !end[Letters..].SequenceEqual("PAR1"u8))
            throw new ParquetFault("its end is missing");
        var size = BinaryPrimitives.ReadUInt32LittleEndian(end);
        if (size > length - (3 * Letters))
            throw new ParquetFault("its table of contents is longer than the file");
        var bytes = new byte[size];
        if (RandomAccess.Read(file, bytes, length - end.Length - size) != size)
            throw new ParquetFault("it ends too early");
        return Parse(bytes, length);
    }

    private static ParquetContents Parse(byte[] bytes, long length)
    {
        var thrift = new ThriftFields(bytes);
        List<ParquetColumn> columns = [];
        var rows = 0L;
        for (var field = thrift.Next(0, out var kind); field != 0; field = thrift.Next(field, out kind))
        {
            switch (field)
            {
                case 2:
                    // The first element is the table itself.
                    for (var (left, isTable) = (thrift.List(), true); left > 0; left--, isTable = false)
                    {
                        if (Column(ref thrift) is var column && !isTable)
                            columns.Add(column);
                    }

                    break;
                case 3:
                    rows = thrift.Whole();
                    break;
                case 4:
                    for (var left = thrift.List(); left > 0; left--)
                        Group(ref thrift, columns, length);
                    break;
                default:
                    thrift.Skip(kind);
                    break;
            }
        }

        return columns.All(c => c.Chunks.Sum(chunk => chunk.Values) == rows)
            ? new(columns, rows)
            : throw new ParquetFault("its columns are not equally long");
    }

    private static ParquetColumn Column(ref ThriftFields thrift)
    {
        var (type, repetition, name, children, scale) = (-1L, 0L, "", 0L, 0L);
        for (var field = thrift.Next(0, out var kind); field != 0; field = thrift.Next(field, out kind))
        {
            switch (field)
            {
                case 1:
                    type = thrift.Whole();
                    break;
                case 3:
                    repetition = thrift.Whole();
                    break;
                case 4:
                    name = thrift.Text();
                    break;
                case 5:
                    children = thrift.Whole();
                    break;
                case 7:
                    scale = thrift.Whole();
                    break;
                default:
                    thrift.Skip(kind);
                    break;
            }
        }

        return children == 0 && (repetition is not (0 or 1) || scale is < 0 or > 18 || !Enum.IsDefined((ParquetKind)type))
            ? throw new ParquetFault($"column '{name}' is no column of numbers or texts")
            : new(name, (ParquetKind)type, repetition == 1, (int)scale, []);
    }

    private static void Group(ref ThriftFields thrift, List<ParquetColumn> columns, long length)
    {
        for (var field = thrift.Next(0, out var kind); field != 0; field = thrift.Next(field, out kind))
        {
            if (field != 1)
            {
                thrift.Skip(kind);
                continue;
            }

            var count = thrift.List();
            if (count != columns.Count)
                throw new ParquetFault("a group of rows has not all columns");
            foreach (var column in columns)
                column.Chunks.Add(ParquetChunk.Read(ref thrift, length));
        }
    }
}

/// <summary>One column of a file.</summary>
/// <param name="Kind">How values are written.</param>
/// <param name="MayMiss">Whether values can be missing.</param>
/// <param name="Scale">Of whole numbers that stand for decimals: how many of their digits are after the point.</param>
/// <param name="Chunks">Where its values are, group by group.</param>
internal sealed record ParquetColumn(string Name, ParquetKind Kind, bool MayMiss, int Scale, List<ParquetChunk> Chunks);

/// <summary>The physical types that snapshots have.</summary>
internal enum ParquetKind
{
    Int32 = 1,
    Int64 = 2,
    Double = 5,
    Bytes = 6,
}
