using System.Globalization;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;

namespace Vantage.Statistics.Models.Frames;

/// <summary>Numbers the levels of one factor over all batches of a table.</summary>
internal sealed class LevelIndex
{
    /// <summary>More levels than this are an identifier, or a number written as text.</summary>
    public const int Most = 500;

    /// <summary>The code of a missing value.</summary>
    public const int Missing = -1;

    /// <summary>The code of a level that is not among the agreed ones. Rows that take no part may have one.</summary>
    public const int Unknown = -2;

    private const int NotYet = -3;

    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly Dictionary<double, int> codesOfNumbers = [];
    private readonly string what;
    private readonly bool isAgreed;

    /// <param name="what">How errors call the factor, with its table.</param>
    /// <param name="agreed">The levels in their order; null to find them.</param>
    public LevelIndex(string what, IReadOnlyList<string>? agreed)
    {
        this.what = what;
        isAgreed = agreed is not null;
        foreach (var level in agreed ?? [])
            codes.Add(level, codes.Count);
    }

    /// <summary>In the order of their codes.</summary>
    public IReadOnlyList<string> Levels => [.. codes.Keys];

    public int[] Codes(TextColumn column)
    {
        var here = new int[column.Levels.Count];
        Array.Fill(here, NotYet);
        return Array.ConvertAll(column.Codes.ToArray(), c => c < 0 ? Missing : Known(here, column.Levels, c));
    }

    /// <summary>Numbers are the levels that R's <c>factor()</c> makes of them, with up to 15 significant digits.</summary>
    public int[] Codes(NumberColumn column) => Array.ConvertAll(column.Values.ToArray(), Code);

    /// <summary>For a row that takes part and has a level which none had when the sites agreed.</summary>
    public DataInvalidException Changed() => new(
        $"{what} has a level that was not there when the sites agreed on its levels. Have the data changed? Ask again.");

    /// <summary>How R writes a number as a level.</summary>
    public static string TextOf(double number) => Formulas.ExpressionText.Number(number);

    public static double NumberOf(string level) =>
        double.TryParse(level, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    /// <summary>Whether a table of so many rows can have these levels.</summary>
    public static bool ArePossible(IReadOnlyList<string> levels, string holds, long rows) =>
        levels.Count <= Math.Min(Most, rows) && levels.Distinct(StringComparer.Ordinal).Count() == levels.Count
        && (holds != ColumnContent.Numbers
            || levels.All(l => double.TryParse(l, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)));

    private int Known(int[] here, IReadOnlyList<string> levels, int code) =>
        here[code] != NotYet ? here[code] : here[code] = Code(levels[code]);

    private int Code(double number)
    {
        if (double.IsNaN(number))
            return Missing;
        if (!codesOfNumbers.TryGetValue(number, out var code))
            codesOfNumbers[number] = code = Code(TextOf(number));
        return code;
    }

    private int Code(string level)
    {
        if (codes.TryGetValue(level, out var code))
            return code;
        if (isAgreed)
            return Unknown;
        if (codes.Count == Most)
        {
            throw new DataInvalidException(
                $"{what} has more than {Most} levels: is it an identifier, or a number that is written as text?");
        }

        codes.Add(level, codes.Count);
        return codes.Count - 1;
    }
}
