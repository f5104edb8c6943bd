using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Vantage.Algorithms.Tables.Parquet;

/// <summary>Values as they are written in a page, to numbers and to texts.</summary>
internal sealed class ParquetCells(ParquetColumn column)
{
    /// <summary>Every whole number up to here is a double.</summary>
    private const long Exact = 1L << 53;

    private static readonly double[] Powers = [.. Enumerable.Range(0, 19).Select(i => Math.Pow(10, i))];

    private long[] whole = [];

    /// <summary>Doubles are read to where they are needed, bit for bit.</summary>
    public void Read(FileBytes from, Span<double> into)
    {
        switch (column.Kind)
        {
            case ParquetKind.Double:
                from.Fill(MemoryMarshal.AsBytes(into));
                break;
            case ParquetKind.Bytes:
                foreach (ref var value in into)
                {
                    if (!double.TryParse(Bytes(from), NumberStyles.Float, CultureInfo.InvariantCulture, out value))
                        throw new ParquetFault($"column '{column.Name}' has a cell that is no number");
                }

                break;
            default:
                var numbers = Whole(from, into.Length);
                for (var i = 0; i < into.Length; i++)
                    into[i] = Number(numbers[i]);
                break;
        }
    }

    public void Read(FileBytes from, Span<string> into)
    {
        switch (column.Kind)
        {
            case ParquetKind.Double:
                foreach (ref var text in into)
                    text = NumberTexts.Of(BitConverter.ToDouble(from.Take(sizeof(double))));
                break;
            case ParquetKind.Bytes:
                foreach (ref var text in into)
                    text = Encoding.UTF8.GetString(Bytes(from));
                break;
            default:
                var numbers = Whole(from, into.Length);
                for (var i = 0; i < into.Length; i++)
                    into[i] = NumberTexts.Of(numbers[i], column.Scale);
                break;
        }
    }

    private static ReadOnlySpan<byte> Bytes(FileBytes from)
    {
        var length = BitConverter.ToInt32(from.Take(sizeof(int)));
        return length >= 0 ? from.Take(length) : throw new ParquetFault("a text has no length");
    }

    private ReadOnlySpan<long> Whole(FileBytes from, int count)
    {
        if (whole.Length < count)
            whole = new long[count];
        var numbers = whole.AsSpan(0, count);
        if (column.Kind == ParquetKind.Int64)
        {
            from.Fill(MemoryMarshal.AsBytes(numbers));
            return numbers;
        }

        foreach (ref var number in numbers)
            number = BitConverter.ToInt32(from.Take(sizeof(int)));
        return numbers;
    }

    /// <summary>The nearest double: one division of two that are exact rounds once.</summary>
    private double Number(long value) => column.Scale == 0 ? value
        : value is >= -Exact and <= Exact ? value / Powers[column.Scale]
        : double.Parse(NumberTexts.Of(value, column.Scale), NumberStyles.Float, CultureInfo.InvariantCulture);
}
