using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Vantage.NodeAgent.Data.Rows;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Odbc;

/// <summary>The rows that a statement gives, as texts in UTF-8.</summary>
internal sealed class OdbcRows(OdbcCells cells, IReadOnlyList<OdbcColumn> columns, OdbcFaults faults) : TableRows
{
    private const int LongestNumber = 32;
    private readonly ArrayBufferWriter<byte> text = new();
    private readonly int[] ends = new int[columns.Count];
    private long row;

    public override IReadOnlyList<string> Columns { get; } = [.. columns.Select(column => column.Name)];

    public override long Line => row;

    public override bool Read()
    {
        row++;
        if (!cells.Read())
        {
            return false;
        }

        text.ResetWrittenCount();
        for (var i = 0; i < ends.Length; i++)
        {
            if (cells.TryGet(i, out var cell))
            {
                Write(i, cell);
            }

            ends[i] = text.WrittenCount;
        }

        return true;
    }

    public override ReadOnlySpan<byte> Cell(int column) => text.WrittenSpan[(column == 0 ? 0 : ends[column - 1])..ends[column]];

    public override string Where(long line) => $"row {line}";

    public override SourceException NotANumber(int column, bool otherwise) => faults.NotANumber(row, Columns[column]);

    public override SourceException OtherDecimal(long line, int column) => faults.NotANumber(line, Columns[column]);

    /// <summary>Of the row that is being read.</summary>
    public SourceException TooLarge(int column) => faults.TooLarge(row, Columns[column], OdbcPieces.MostMebibytes);

    public override void Dispose() => cells.Dispose();

    private void Write(int column, ReadOnlySpan<byte> cell)
    {
        switch (columns[column].Form)
        {
            case OdbcForm.Double:
                Write(BinaryPrimitives.ReadDoubleLittleEndian(cell));
                break;
            case OdbcForm.Float:
                Write(BinaryPrimitives.ReadSingleLittleEndian(cell));
                break;
            case OdbcForm.Narrow when columns[column].IsBit && cell.Length == 1:
                text.Write(cell[0] is 0 or (byte)'0' ? "0"u8 : "1"u8);
                break;
            case OdbcForm.Wide:
                WriteWide(column, MemoryMarshal.Cast<byte, char>(cell));
                break;
            case OdbcForm.Bytes when columns[column].Natural is null:
                text.Write(cell);
                break;
            default:
                WriteText(column, cell);
                break;
        }
    }

    private void WriteText(int column, ReadOnlySpan<byte> cell)
    {
        if (cell.Contains((byte)0))
        {
            throw faults.Nul(row, Columns[column]);
        }

        if (!Utf8.IsValid(cell))
        {
            throw faults.Undecodable(row, Columns[column]);
        }

        if (columns[column].Natural == ColumnType.Number && cell is ([(byte)'.', ..] or [(byte)'-', (byte)'.', ..]))
        {
            // Some drivers leave out the zero before the point of decimals below one.
            text.Write(cell[0] == '-' ? "-0"u8 : "0"u8);
            cell = cell[cell.IndexOf((byte)'.')..];
        }

        text.Write(cell);
    }

    private void Write(double number)
    {
        number.TryFormat(text.GetSpan(LongestNumber), out var written, "R", CultureInfo.InvariantCulture);
        text.Advance(written);
    }

    private void WriteWide(int column, ReadOnlySpan<char> cell)
    {
        if (cell.Contains('\0'))
        {
            throw faults.Nul(row, Columns[column]);
        }

        var written = 0;
        if (!cell.IsEmpty && Utf8.FromUtf16(cell, text.GetSpan(cell.Length * 3), out _, out written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw faults.Undecodable(row, Columns[column]);
        }

        text.Advance(written);
    }
}
