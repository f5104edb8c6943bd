using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Tables.Parquet;

/// <summary>Reads one column batch by batch. Its memory is used again for the next batch.</summary>
internal abstract class ParquetReading
{
    private readonly ColumnPages pages;

    protected ParquetReading(SafeFileHandle file, ParquetColumn column, int window)
    {
        Cells = new(column);
        pages = new(file, column, window) { Dictionary = ReadDictionary };
    }

    protected ParquetCells Cells { get; }

    public static ParquetReading Of(SafeFileHandle file, ParquetColumn column, ColumnType type, string label, int capacity, int window) =>
        type == ColumnType.Number ? new Numbers(file, column, label, capacity, window) : new Texts(file, column, capacity, window);

    /// <summary>The next rows.</summary>
    /// <param name="rows">How many; there are so many.</param>
    /// <param name="first">The first one's number in the table, from 0.</param>
    public BatchColumn Read(int rows, long first)
    {
        for (var at = 0; at < rows;)
        {
            var count = pages.Next(rows - at, out var isThere);
            if (!isThere)
                Miss(at, count);
            else if (pages.IsIndexed)
                Look(pages.Indices, at, count);
            else
                Take(pages.Values, at, count);
            at += count;
        }

        return Batch(rows, first);
    }

    protected abstract void ReadDictionary(FileBytes from, int count);

    protected abstract void Miss(int at, int count);

    protected abstract void Look(HybridRuns indices, int at, int count);

    protected abstract void Take(FileBytes from, int at, int count);

    protected abstract BatchColumn Batch(int rows, long first);

    private static ParquetFault Beyond() => new("a value is not in its dictionary");

    private sealed class Numbers(SafeFileHandle file, ParquetColumn read, string label, int capacity, int window)
        : ParquetReading(file, read, window)
    {
        private readonly string name = read.Name;
        private readonly double[] values = new double[capacity];
        private double[] dictionary = [];
        private int[] places = [];

        protected override void ReadDictionary(FileBytes from, int count)
        {
            if (count > from.Left)
                throw Beyond();
            Array.Resize(ref dictionary, count);
            Cells.Read(from, dictionary);
        }

        protected override void Miss(int at, int count) => values.AsSpan(at, count).Fill(double.NaN);

        protected override void Take(FileBytes from, int at, int count) => Cells.Read(from, values.AsSpan(at, count));

        protected override void Look(HybridRuns indices, int at, int count)
        {
            if (places.Length == 0)
                places = new int[capacity];
            indices.Read(places.AsSpan(0, count));
            for (var i = 0; i < count; i++)
                values[at + i] = (uint)places[i] < (uint)dictionary.Length ? dictionary[places[i]] : throw Beyond();
        }

        protected override BatchColumn Batch(int rows, long first)
        {
            var missing = 0;
            for (var i = 0; i < rows; i++)
            {
                if (double.IsFinite(values[i]))
                    continue;
                if (double.IsInfinity(values[i]))
                    throw Infinite(first + i);
                missing++;
            }

            return new NumberColumn(values.AsMemory(0, rows), missing);
        }

        // A row's line is that of a file with a line of names above it.
        private DataInvalidException Infinite(long row) => new($"'{label}', line {row + 2}, column '{name}': infinite, or beyond the range"
            + " of a double. If it stands for a missing value, list it in the source's option 'missing'.");
    }

    private sealed class Texts(SafeFileHandle file, ParquetColumn column, int capacity, int window) : ParquetReading(file, column, window)
    {
        private const int Missing = -1;
        private const int Unseen = -2;
        private readonly int[] codes = new int[capacity];
        private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
        private readonly string[] one = new string[1];
        private string[] dictionary = [];
        private int[] codeOf = [];
        private int[] places = [];
        private List<string> levels = [];

        protected override void ReadDictionary(FileBytes from, int count)
        {
            if (count > from.Left)
                throw Beyond();
            dictionary = new string[count];
            Cells.Read(from, dictionary);
            codeOf = new int[count];
            Array.Fill(codeOf, Unseen);
        }

        protected override void Miss(int at, int count) => codes.AsSpan(at, count).Fill(Missing);

        protected override void Take(FileBytes from, int at, int count)
        {
            for (var i = at; i < at + count; i++)
            {
                Cells.Read(from, one);
                codes[i] = Code(one[0]);
            }
        }

        protected override void Look(HybridRuns indices, int at, int count)
        {
            if (places.Length == 0)
                places = new int[capacity];
            indices.Read(places.AsSpan(0, count));
            for (var i = 0; i < count; i++)
            {
                if ((uint)places[i] >= (uint)dictionary.Length)
                    throw Beyond();
                ref var code = ref codeOf[places[i]];
                if (code == Unseen)
                    code = Code(dictionary[places[i]]);
                codes[at + i] = code;
            }
        }

        protected override BatchColumn Batch(int rows, long first)
        {
            var batch = new TextColumn(codes.AsMemory(0, rows), levels);
            levels = [];
            known.Clear();
            Array.Fill(codeOf, Unseen);
            return batch;
        }

        private int Code(string text)
        {
            // An empty text is a missing one, as in every format.
            if (text.Length == 0)
                return Missing;
            ref var code = ref CollectionsMarshal.GetValueRefOrAddDefault(known, text, out var isKnown);
            if (!isKnown)
            {
                code = levels.Count;
                levels.Add(text);
            }

            return code;
        }
    }
}
