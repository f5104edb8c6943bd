using System.Globalization;
using System.Text;

namespace Vantage.NodeAgent.Data.Csv;

/// <summary>Says whether cells read as numbers; by the same rules as the worker reads them.</summary>
internal sealed class CsvNumbers(CsvSourceSettings settings)
{
    private readonly byte[][] missing = [.. settings.Missing.Select(Encoding.UTF8.GetBytes)];

    private readonly NumberFormatInfo format = settings.Decimal == '.'
        ? NumberFormatInfo.InvariantInfo
        : new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    /// <summary>Missing cells fit into any column.</summary>
    public bool Fits(ReadOnlySpan<byte> cell) =>
        cell.IsEmpty || double.TryParse(cell, NumberStyles.Float, format, out _) || IsMissing(cell) || IsInfinity(cell);

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
