using System.Text.RegularExpressions;

namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>
/// Names of categories are a few words. What looks like a sentence, a person's number, address or date, or like bytes in disguise
/// is none.
/// </summary>
internal static partial class TextRules
{
    private const int Longest = 80;
    private const int MostWords = 8;
    private const int LongestWord = 32;

    public static Objection? Objection(string text, string at) =>
        text.Length > Longest || text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > MostWords || text.Any(char.IsControl)
            ? new Objection(Rules.Text, $"{at} is longer than a category's name")
            : IsIdentifier(text) ? new Objection(Rules.Identifier, $"{at} has the shape of an identifier")
            : HidesBytes(text) ? new Objection(Rules.Identifier, $"{at} looks like encoded data")
            : null;

    private static bool IsIdentifier(string text) =>
        LongNumber().IsMatch(text) || Grouped().IsMatch(text) || Mail().IsMatch(text) || Date().IsMatch(text) || Address().IsMatch(text)
        || Uuid().IsMatch(text) || Web().IsMatch(text) || Account().IsMatch(text);

    /// <summary>Words are made of letters of one case, or begin with a capital; codes are short.</summary>
    private static bool HidesBytes(string text) => text.Split([' ', '-', '_', '/', ',', '(', ')', '.', ';'], StringSplitOptions.RemoveEmptyEntries)
        .Any(word => word.Length > LongestWord || (word.Length >= 12 && Turns(word) >= 4) || Hexadecimal().IsMatch(word));

    /// <summary>How often the kind of character changes: lower case, upper case, digit, other.</summary>
    private static int Turns(string word)
    {
        var turns = 0;
        for (var i = 1; i < word.Length; i++)
        {
            turns += Kind(word[i]) == Kind(word[i - 1]) ? 0 : 1;
        }

        return turns;

        static int Kind(char c) => char.IsLower(c) ? 0 : char.IsUpper(c) ? 1 : char.IsDigit(c) ? 2 : 3;
    }

    private const RegexOptions Plain = RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>Record numbers, and numbers with more digits than a measurement has.</summary>
    [GeneratedRegex(@"[0-9]{7}|[A-Za-z]{1,4}[-_ ]?[0-9]{5}", Plain)]
    private static partial Regex LongNumber();

    /// <summary>Telephone, social security and card numbers: three groups of digits.</summary>
    [GeneratedRegex(@"[0-9]{2,4}[-. /][0-9]{2,4}[-. /][0-9]{3,4}|\+[0-9]{2}", Plain)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"[^ @]+@[^ @]+\.[A-Za-z]{2}", Plain)]
    private static partial Regex Mail();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}", Plain)]
    private static partial Regex Date();

    [GeneratedRegex(@"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", Plain)]
    private static partial Regex Address();

    [GeneratedRegex(@"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-", Plain)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"://|\\\\|^/[a-z]+/", Plain)]
    private static partial Regex Web();

    /// <summary>Bank accounts.</summary>
    [GeneratedRegex(@"[A-Z]{2}[0-9]{2} ?[0-9A-Z]{4} ?[0-9A-Z]{4}", Plain)]
    private static partial Regex Account();

    [GeneratedRegex(@"^[0-9a-fA-F]*([0-9][a-fA-F]|[a-fA-F][0-9])[0-9a-fA-F]{6,}$", Plain)]
    private static partial Regex Hexadecimal();
}
