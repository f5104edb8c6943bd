using System.Globalization;

namespace Vantage.Algorithms.Tables.Parquet;

/// <summary>Numbers as they would stand in a CSV snapshot, so that levels are called the same whatever the format.</summary>
internal static class NumberTexts
{
    /// <summary>Doubles from here on are written with an exponent.</summary>
    private const int MostDigits = 16;

    /// <summary>A decimal with all the digits that its column has.</summary>
    public static string Of(long value, int scale)
    {
        if (scale == 0)
            return value.ToString(CultureInfo.InvariantCulture);
        var digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return $"{(value < 0 ? "-" : "")}{digits[..^scale]}.{digits[^scale..]}";
    }

    /// <summary>The shortest digits that give the same double again: 1.0, 0.1, 1e+16, 1e-05.</summary>
    public static string Of(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "" : value > 0 ? "inf" : "-inf";
        if (value == 0)
            return double.IsNegative(value) ? "-0.0" : "0.0";
        var shortest = Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture);
        for (var places = 0; places < MostDigits; places++)
        {
            var tried = Math.Abs(value).ToString($"E{places}", CultureInfo.InvariantCulture);
            if (double.Parse(tried, CultureInfo.InvariantCulture) != Math.Abs(value))
                continue;
            shortest = tried;
            break;
        }

        var (digits, power) = (shortest[..shortest.IndexOf('E', StringComparison.Ordinal)].Replace(".", "", StringComparison.Ordinal),
            int.Parse(shortest[(shortest.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture));
        return (value < 0 ? "-" : "") + power switch
        {
            >= MostDigits or < -4 => $"{digits[..1]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(power < 0 ? "-" : "+")}{Math.Abs(power):00}",
            < 0 => $"0.{new string('0', -power - 1)}{digits}",
            _ when digits.Length <= power + 1 => $"{digits.PadRight(power + 1, '0')}.0",
            _ => $"{digits[..(power + 1)]}.{digits[(power + 1)..]}",
        };
    }
}
