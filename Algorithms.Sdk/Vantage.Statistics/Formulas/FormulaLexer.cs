using System.Globalization;
using System.Text;

namespace Vantage.Statistics.Formulas;

internal enum TokenKind
{
    Name,
    Number,
    Text,
    Symbol,
    End,
}

/// <param name="Text">The name, the text without its quotes, the number or the symbol.</param>
/// <param name="Position">Where it begins, from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}

/// <summary>Cuts a formula into names, numbers, texts and symbols.</summary>
internal static class FormulaLexer
{
    private const string Symbols = "~+-*/^:(),=";

    public static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '.' or '_';

    public static IReadOnlyList<Token> Read(string text)
    {
        var tokens = new List<Token>();
        var i = 0;
        while (i < text.Length)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            var token = Next(text, ref i);
            tokens.Add(token);
        }

        tokens.Add(new(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static Token Next(string text, ref int i)
    {
        var from = i;
        var c = text[i];
        if (char.IsAsciiDigit(c) || (c == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])))
            return Number(text, ref i);
        if (c is '"' or '\'' or '`')
            return new(c == '`' ? TokenKind.Name : TokenKind.Text, Quoted(text, ref i), from);
        if (char.IsLetter(c) || c == '.')
        {
            while (i < text.Length && IsNamePart(text[i]))
                i++;
            return new(TokenKind.Name, text[from..i], from);
        }

        if (text.AsSpan(i).StartsWith("%in%"))
        {
            i += 4;
            return new(TokenKind.Symbol, "%in%", from);
        }

        if (text.AsSpan(i).StartsWith("=="))
        {
            i += 2;
            return new(TokenKind.Symbol, "==", from);
        }

        // R reads both alike, and prints '^'.
        if (text.AsSpan(i).StartsWith("**"))
        {
            i += 2;
            return new(TokenKind.Symbol, "^", from);
        }

        if (!Symbols.Contains(c))
        {
            throw FormulaFault.At(text, i, c is '<' or '>' or '!' or '&'
                ? "comparisons are not understood. Make a column of 0 and 1 in a session by the step 'derive' or 'recode'."
                : c == '|' ? "there are no random effects. Write factor(x), or ask 'meta' where sites are the groups."
                : "this character has no meaning in a formula. A column whose name has other"
                + " characters than letters, digits, '.' and '_' is written in back-quotes: `my column`.");
        }

        i++;
        return new(TokenKind.Symbol, text[from..i], from);
    }

    private static Token Number(string text, ref int i)
    {
        var from = i;
        while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] == '.' || IsExponent(text, i)))
            i += IsExponent(text, i) && text[i + 1] is '+' or '-' ? 2 : 1;
        var number = text[from..i];
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
                ? new(TokenKind.Number, number, from)
                : throw FormulaFault.At(text, from, "this is no number that a double can hold.");
    }

    private static bool IsExponent(string text, int i) =>
        text[i] is 'e' or 'E' && i + 1 < text.Length
        && (char.IsAsciiDigit(text[i + 1])
            || (text[i + 1] is '+' or '-' && i + 2 < text.Length && char.IsAsciiDigit(text[i + 2])));

    private static string Quoted(string text, ref int i)
    {
        var (from, quote) = (i, text[i]);
        var content = new StringBuilder();
        for (i++; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                i++;
                return content.Length > 0
                    ? content.ToString()
                    : throw FormulaFault.At(text, from, "there is nothing between these quotes.");
            }

            if (text[i] == '\\' && i + 1 < text.Length)
                i++;
            content.Append(text[i]);
        }

        throw FormulaFault.At(text, from, $"this quote is never closed. Write another {quote} where it ends.");
    }
}
