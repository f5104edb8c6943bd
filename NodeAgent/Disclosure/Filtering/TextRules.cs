namespace Vantage.NodeAgent.Disclosure.Filtering;

/// <summary>
/// Names of categories are a few words. What looks like a sentence, a person's number, address or date, or like bytes in disguise
/// is none.
/// </summary>
internal static class TextRules
{
    private const int Longest = 80;
    private const int MostWords = 8;
    private const int LongestWord = 32;
    private const string Vowels = "aeiouy";

    public static Objection? Objection(string text, string at) =>
        text.Length > Longest || text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > MostWords || text.Any(char.IsControl)
            ? new Objection(Rules.Text, $"{at} is longer than a category's name")
            : Prose.IsIn(text) ? new Objection(Rules.Text, $"{at} reads as a sentence")
            : Identifiers.IsIn(text) ? new Objection(Rules.Identifier, $"{at} has the shape of an identifier")
            : HidesBytes(text) ? new Objection(Rules.Identifier, $"{at} looks like encoded data")
            : null;

    private static bool HidesBytes(string text) => Identifiers.IsList(text)
        || text.Split([' ', '-', '_', '/', ',', '(', ')', '.', ';'], StringSplitOptions.RemoveEmptyEntries).Any(IsNoWord);

    /// <summary>Words are made of letters of one case, or begin with a capital, with a vowel here and there; codes are short.</summary>
    private static bool IsNoWord(string word)
    {
        var (letters, digits) = (word.Count(char.IsLetter), word.Count(char.IsDigit));
        return word.Length > LongestWord
            || (word.Length >= 12 && Turns(word) >= 4)
            || (word.Length >= 9 && digits >= 5 && letters >= 2 && Turns(word) >= 3)
            || (word.Length >= 16 && digits > 0 && letters > 0)
            || (letters >= 10 && letters == word.Length && word.Count(c => Vowels.Contains(c, StringComparison.OrdinalIgnoreCase)) < 0.15 * letters
                && word.All(char.IsAscii))
            || Identifiers.IsHexadecimal(word);
    }

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
}
