using System.Globalization;
using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Formulas;

/// <summary>
/// Reads a formula with R's precedence, from weak to strong: <c>~</c>, <c>==</c>, <c>+ -</c>, <c>* /</c>, <c>%in%</c>, <c>:</c>, a sign,
/// <c>^</c>. What the operators mean is not decided here.
/// </summary>
internal sealed class FormulaParser
{
    private const int DeepestNesting = 100;
    private static readonly string[][] Levels = [["=="], ["+", "-"], ["*", "/"], ["%in%"], [":"]];

    private readonly string text;
    private readonly IReadOnlyList<Token> tokens;
    private int next;
    private int depth;

    private FormulaParser(string text)
    {
        this.text = text;
        tokens = FormulaLexer.Read(text);
    }

    private Token Current => tokens[next];

    /// <returns>What stands left and right of the tilde.</returns>
    public static (Expression Left, Expression Right) Parse(string text)
    {
        var parser = new FormulaParser(text);
        if (parser.Current.Kind == TokenKind.End)
            throw FormulaFault.At(text, 0, "the formula is empty. Write one such as 'y ~ x1 + x2'.");
        if (parser.Current.Is("~"))
            throw FormulaFault.At(text, parser.Current.Position, "the outcome is missing: write its column before '~', as in 'y ~ x'.");
        var left = parser.Operand(0);
        if (!parser.Current.Is("~"))
            throw parser.Unexpected("'~' and the columns that explain the outcome, as in 'y ~ x1 + x2', are expected here");
        parser.next++;
        var right = parser.Operand(0);
        return parser.Current.Kind == TokenKind.End
            ? (left, right)
            : throw parser.Unexpected(parser.Current.Is("~")
                ? "a formula has one '~'"
                : "an operator such as '+', ':' or '*', or the end of the formula, is expected here");
    }

    private Expression Operand(int level)
    {
        if (level == Levels.Length)
            return Signed();
        var left = Operand(level + 1);
        while (Current.Kind == TokenKind.Symbol && Levels[level].Contains(Current.Text))
        {
            var symbol = tokens[next++];
            left = new BinaryExpression(symbol.Text, left, Operand(level + 1), symbol.Position);
        }

        return left;
    }

    private Expression Signed()
    {
        if (!Current.Is("-") && !Current.Is("+"))
            return Power();
        var sign = tokens[next++];
        return Nested(() => new UnaryExpression(sign.Text, Signed(), sign.Position));
    }

    private Expression Power()
    {
        var left = Primary();
        if (!Current.Is("^"))
            return left;
        var symbol = tokens[next++];
        return Nested(() => new BinaryExpression("^", left, Signed(), symbol.Position));
    }

    private Expression Primary()
    {
        var token = tokens[next++];
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberExpression(double.Parse(token.Text, CultureInfo.InvariantCulture), token.Position);
            case TokenKind.Text:
                return new TextExpression(token.Text, token.Position);
            case TokenKind.Name when Current.Is("("):
                return Nested(() => Call(token));
            case TokenKind.Name:
                return new NameExpression(token.Text, token.Position);
            case TokenKind.Symbol when token.Is("("):
                return Nested(() => Group(token));
            default:
                next--;
                throw Unexpected("a column, a number or '(' is expected here");
        }
    }

    private GroupExpression Group(Token open)
    {
        var inner = Operand(0);
        Close(open);
        return new(inner, open.Position);
    }

    private CallExpression Call(Token function)
    {
        var open = tokens[next++];
        var arguments = new List<CallArgument>();
        if (!Current.Is(")"))
        {
            arguments.Add(Argument());
            while (Current.Is(","))
            {
                next++;
                arguments.Add(Argument());
            }
        }

        Close(open);
        return new(function.Text, arguments, function.Position);
    }

    private CallArgument Argument()
    {
        if (Current.Kind != TokenKind.Name || !tokens[next + 1].Is("="))
            return new(null, Operand(0));
        var name = Current.Text;
        next += 2;
        return new(name, Operand(0));
    }

    private void Close(Token open)
    {
        if (!Current.Is(")"))
            throw Unexpected($"the '(' at character {open.Position + 1} is not closed yet: ')' or an operator is expected here");
        next++;
    }

    private T Nested<T>(Func<T> parse)
    {
        if (++depth > DeepestNesting)
            throw FormulaFault.At(text, Current.Position, $"nested more than {DeepestNesting} deep.");
        var parsed = parse();
        depth--;
        return parsed;
    }

    private ArgumentsInvalidException Unexpected(string expected) => FormulaFault.At(text, Current.Position, expected + ".");
}
