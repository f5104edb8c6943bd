using System.Globalization;

namespace Vantage.Cli.Printing;

/// <summary>
/// Numbers for a person: the column decides the decimals, so that the points stand above each other and the smallest
/// number still shows four digits that mean something. For programs: every digit.
/// </summary>
internal static class NumberText
{
    private const int DigitsInColumn = 4;
    private const int Digits = 6;
    private const int MostDecimals = 8;

    /// <summary>As R does: below the precision of the arithmetic, p is only known to be tiny.</summary>
    private const double SmallestP = 2.2e-16;

    public static IReadOnlyList<string> Column(string header, IReadOnlyList<object?> cells) =>
        Column(header, cells, DigitsInColumn);

    /// <summary>One number by itself, named by what stands before it.</summary>
    public static string Single(string name, object? cell) => Column(name, [cell], Digits)[0];

    private static IReadOnlyList<string> Column(string header, IReadOnlyList<object?> cells, int digits)
    {
        var decimals = cells.OfType<double>().Where(IsPlain).Select(n => Decimals(n, digits)).DefaultIfEmpty(0).Max();
        return [.. cells.Select(cell => cell is double number
            ? IsP(header) ? P(number) : IsPlain(number) ? Fixed(number, decimals) : Scientific(number, digits)
            : Plain(cell))];
    }

    /// <summary>Shortest text that reads back as the same number.</summary>
    public static string Exact(object? cell) => cell is double number
        ? number.ToString("R", CultureInfo.InvariantCulture) : Plain(cell);

    public static bool IsNumber(object? cell) => cell is double or long or int;

    private static string Plain(object? cell) => cell switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{cell}",
    };

    private static bool IsP(string header) =>
        header is "p" or "p value" || header.StartsWith("p value ", StringComparison.Ordinal);

    private static string P(double p) => p < SmallestP ? "<2e-16"
        : p < 0.0001 ? Scientific(p, 3)
        : Fixed(p, Math.Max(3, 2 - Magnitude(p)));

    private static bool IsPlain(double number) =>
        number == 0 || double.IsFinite(number) && Math.Abs(number) is >= 1e-4 and < 1e12;

    private static int Decimals(double number, int digits)
    {
        var most = Math.Clamp(digits - 1 - Magnitude(number), 0, MostDecimals);
        var text = Fixed(number, most);
        return most == 0 ? 0 : text.TrimEnd('0').Length - text.IndexOf('.', StringComparison.Ordinal) - 1;
    }

    private static int Magnitude(double number) => number == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(number)));

    private static string Fixed(double number, int decimals) =>
        number.ToString("F" + decimals, CultureInfo.InvariantCulture);

    private static string Scientific(double number, int digits) =>
        number.ToString("0." + new string('#', digits - 1) + "e-00", CultureInfo.InvariantCulture);
}
