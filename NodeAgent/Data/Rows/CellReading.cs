using System.Globalization;
using System.Text;

namespace Vantage.NodeAgent.Data.Rows;

/// <summary>Says whether cells read as numbers; by the same rules as the worker reads them.</summary>
internal sealed class CellReading(CellRules settings)
{
    private readonly byte[][] missing = [.. settings.Missing.Select(Encoding.UTF8.GetBytes)];

    private readonly NumberFormatInfo format = settings.Decimal == '.'
        ? NumberFormatInfo.InvariantInfo
        : new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary>How somebody else would read them.</summary>
    private readonly NumberFormatInfo other = settings.Decimal == ','
        ? NumberFormatInfo.InvariantInfo
        : new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary>Would be a number if the decimal separator were the other one.</summary>
    public bool FitsOtherwise(ReadOnlySpan<byte> cell) => double.TryParse(cell, NumberStyles.Float, other, out _);

    /// <summary>Only this separator makes it a number, or at least not the other.</summary>
    public bool HasFraction(ReadOnlySpan<byte> cell) => cell.Contains((byte)settings.Decimal);

    public CellKind Kind(ReadOnlySpan<byte> cell) =>
        cell.IsEmpty || IsMissing(cell) ? CellKind.Missing
        : double.TryParse(cell, NumberStyles.Float, format, out _) || IsInfinity(cell) ? CellKind.Number
        : CellKind.Text;

    private bool IsMissing(ReadOnlySpan<byte> cell)
    {
        foreach (var code in missing)
        {
            if (cell.SequenceEqual(code))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As R, C and Python write it. A number all the same, which algorithms then refuse by line and column.</summary>
    private static bool IsInfinity(ReadOnlySpan<byte> cell)
    {
        var digits = cell[0] is (byte)'+' or (byte)'-' ? cell[1..] : cell;
        return Ascii.EqualsIgnoreCase(digits, "inf"u8) || Ascii.EqualsIgnoreCase(digits, "infinity"u8);
    }
}

/// <summary>Missing cells fit into any column.</summary>
internal enum CellKind
{
    Missing,
    Number,
    Text,
}
