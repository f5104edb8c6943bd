using System.Globalization;

namespace Vantage.NodeAgent.Data.Excel;

/// <summary>Dates are numbers in a workbook: days since the end of 1899, or of 1903, and a format that says so.</summary>
internal static class SheetDate
{
    /// <summary>Excel takes 1900 for a leap year; before its 29th of February its count is one too small.</summary>
    private const double FirstMarch1900 = 61;

    /// <param name="id">The number of its format; ECMA-376, 18.8.30, says which of the built-in ones are dates.</param>
    /// <param name="code">The format, where the workbook has one of its own by this number.</param>
    public static bool IsDate(int id, string? code) => code is null ? id is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58)
        : Letters(code).Any(c => c is 'y' or 'd' or 'h' or 'm' or 's');

    /// <summary>As ISO 8601 writes it: the day, and the time where there is one. Null for what is no date.</summary>
    public static string? Text(double days, bool from1904)
    {
        if (days is not (>= 0 and < 2_958_466) || (!from1904 && days is >= 60 and < FirstMarch1900))
        {
            return null;
        }

        var start = from1904 ? new DateTime(1904, 1, 1) : days < 60 ? new DateTime(1899, 12, 31) : new DateTime(1899, 12, 30);
        var moment = start.AddMilliseconds(Math.Round(days * 86_400_000));
        return moment.ToString(days < 1 && !from1904 ? "HH':'mm':'ss" : moment.TimeOfDay == TimeSpan.Zero ? "yyyy'-'MM'-'dd" : "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
            CultureInfo.InvariantCulture);
    }

    /// <summary>Without what is quoted, escaped or in brackets, such as colours and currencies.</summary>
    private static IEnumerable<char> Letters(string code)
    {
        var (quoted, bracketed) = (false, false);
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '\\' or '_' or '*' when !quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '[' or ']' when !quoted:
                    bracketed = code[i] == '[';
                    break;
                case var c when !quoted && !bracketed:
                    yield return char.ToLowerInvariant(c);
                    break;
            }
        }
    }
}
