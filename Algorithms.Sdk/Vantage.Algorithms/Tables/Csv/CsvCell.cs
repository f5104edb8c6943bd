using System.Globalization;
using System.Text;

namespace Vantage.Algorithms.Tables.Csv;

internal enum CsvCell
{
    Missing,
    Number,

    /// <summary>Written as a number, but infinite or beyond the range of a double.</summary>
    NotFinite,

    NotNumber,
}

internal static class CsvCells
{
    /// <summary>
    /// Reads a cell as a number. No thousands separators: <c>1,234</c> is more often a decimal comma read with the wrong
    /// option than a thousand, and then everything after it would be silently wrong.
    /// </summary>
    public static CsvCell Number(ReadOnlySpan<byte> cell, CsvDialect dialect, out double value)
    {
        value = double.NaN;
        if (dialect.IsMissing(cell))
            return CsvCell.Missing;
        if (!double.TryParse(cell, NumberStyles.Float, dialect.Numbers, out var number))
            return IsInfinity(cell) ? CsvCell.NotFinite : CsvCell.NotNumber;
        if (double.IsNaN(number))
            return CsvCell.Missing;
        if (double.IsInfinity(number))
            return CsvCell.NotFinite;
        value = number;
        return CsvCell.Number;
    }

    /// <summary>As R, C and Python write it; .NET itself reads <c>Infinity</c> only.</summary>
    private static bool IsInfinity(ReadOnlySpan<byte> cell)
    {
        if (cell[0] is (byte)'+' or (byte)'-')
            cell = cell[1..];
        return Ascii.EqualsIgnoreCase(cell, "inf"u8) || Ascii.EqualsIgnoreCase(cell, "infinity"u8);
    }
}
