using System.Text;
using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Tables.Csv;

/// <summary>Collects the cells of one column until a batch is full. Its memory is used again for the next batch.</summary>
internal abstract class CsvColumn
{
    public static CsvColumn Of(ColumnType type, int index, int capacity, CsvDialect dialect) =>
        type == ColumnType.Number ? new Numbers(index, capacity, dialect) : new Texts(index, capacity, dialect);

    public abstract void Add(CsvRows rows, int row);

    public abstract BatchColumn Take(int rows);

    private sealed class Numbers(int index, int capacity, CsvDialect dialect) : CsvColumn
    {
        private readonly double[] values = new double[capacity];
        private int missing;

        public override void Add(CsvRows rows, int row)
        {
            switch (CsvCells.Number(rows.Cell(index), dialect, out values[row]))
            {
                case CsvCell.Missing:
                    missing++;
                    break;
                case CsvCell.NotFinite:
                    throw rows.Fault(index, "infinite, or beyond the range of a double. If it stands for a missing value,"
                        + " list it in the source's option 'missing'.");
                case CsvCell.NotNumber:
                    throw rows.Fault(index, "not a number. If it stands for a missing value, list it in the source's"
                        + " option 'missing'.");
            }
        }

        public override BatchColumn Take(int rows)
        {
            var column = new NumberColumn(values.AsMemory(0, rows), missing);
            missing = 0;
            return column;
        }
    }

    private sealed class Texts : CsvColumn
    {
        private readonly int index;
        private readonly CsvDialect dialect;
        private readonly int[] codes;
        private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
        private List<string> levels = [];
        private char[] chars = new char[256];

        public Texts(int index, int capacity, CsvDialect dialect)
        {
            (this.index, this.dialect, codes) = (index, dialect, new int[capacity]);
            lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public override void Add(CsvRows rows, int row)
        {
            var cell = rows.Text(index);
            codes[row] = dialect.IsMissing(cell) ? -1 : Code(cell);
        }

        public override BatchColumn Take(int rows)
        {
            var column = new TextColumn(codes.AsMemory(0, rows), levels);
            levels = [];
            known.Clear();
            return column;
        }

        private int Code(ReadOnlySpan<byte> cell)
        {
            if (chars.Length < cell.Length)
                chars = new char[cell.Length];
            var text = chars.AsSpan(0, Encoding.UTF8.GetChars(cell, chars));
            if (lookup.TryGetValue(text, out var code))
                return code;
            code = levels.Count;
            lookup[text] = code;
            levels.Add(text.ToString());
            return code;
        }
    }
}
