using System.Globalization;
using System.Text;

namespace Vantage.NodeAgent.Data.Sessions.Expressions;

internal enum TokenKind
{
    Number,
    Text,
    Name,

    /// <summary>A name in back-quotes: a column, whatever stands after it.</summary>
    Quoted,
    Symbol,
    End,
}

/// <param name="Text">Of names and texts without their quotes.</param>
internal sealed record Token(TokenKind Kind, string Text, int Position)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}

/// <summary>Cuts an expression into words, as R does.</summary>
internal static class ExpressionLexer
{
    public const int Longest = 4000;
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "%in%", "<", ">", "&", "|", "!", "+", "-", "*", "/", "^", "(", ")", ","];

    public static IReadOnlyList<Token> Read(string text)
    {
        if (text.Length > Longest)
        {
            throw new StepsRefused($"an expression has at most {Longest} characters, this one has {text.Length}.");
        }

        var tokens = new List<Token>();
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var token = Next(text, at, out at);
            tokens.Add(token);
        }

        tokens.Add(new(TokenKind.End, "", text.Length));
        return tokens;
    }

    public static StepsRefused Fault(string text, int position, string problem) =>
        new($"'{(text.Length <= 200 ? text : text[..200] + "…")}', character {position + 1}: {problem}");

    private static Token Next(string text, int at, out int after)
    {
        var c = text[at];
        if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return Number(text, at, out after);
        }

        if (c is '"' or '\'' or '`')
        {
            return Quoted(text, at, out after);
        }

        if (char.IsLetter(c) || c == '.')
        {
            after = at;
            while (after < text.Length && (char.IsLetterOrDigit(text[after]) || text[after] is '.' or '_'))
            {
                after++;
            }

            return new(TokenKind.Name, text[at..after], at);
        }

        var symbol = Symbols.FirstOrDefault(s => string.CompareOrdinal(text, at, s, 0, s.Length) == 0)
            ?? throw Fault(text, at, c == '=' ? "'=' alone means nothing here; equal is written '=='." : "this character means nothing here. Names of columns with such characters stand in back-quotes: `a b`.");
        after = at + symbol.Length;
        return new(TokenKind.Symbol, symbol, at);
    }

    private static Token Number(string text, int at, out int after)
    {
        after = at;
        while (after < text.Length && (char.IsAsciiLetterOrDigit(text[after]) || text[after] == '.'
            || (text[after] is '+' or '-' && text[after - 1] is 'e' or 'E')))
        {
            after++;
        }

        var written = text[at..after];
        return double.TryParse(written, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? double.IsFinite(value) ? new(TokenKind.Number, written, at) : throw Fault(text, at, "this number is beyond the range of a double.")
            : throw Fault(text, at, "this begins like a number and is none.");
    }

    private static Token Quoted(string text, int at, out int after)
    {
        var read = new StringBuilder();
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == text[at])
            {
                after = i + 1;
                return new(text[at] == '`' ? TokenKind.Quoted : TokenKind.Text, read.ToString(), at);
            }

            if (text[i] == '\\' && ++i == text.Length)
            {
                break;
            }

            read.Append(text[i]);
        }

        throw Fault(text, at, $"the quote {text[at]} is not closed.");
    }
}
