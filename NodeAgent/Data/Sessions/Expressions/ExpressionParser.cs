using System.Globalization;

namespace Vantage.NodeAgent.Data.Sessions.Expressions;

/// <summary>
/// Reads an expression by R's precedence: <c>^</c>, sign, <c>* /</c>, <c>+ -</c>, comparisons and <c>%in%</c>, <c>!</c>,
/// <c>&amp;</c>, <c>|</c>. A comparison can't be compared again.
/// </summary>
internal sealed class ExpressionParser
{
    private const int Deepest = 50;
    private static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "<", ">"];
    private readonly string text;
    private readonly IReadOnlyList<Token> tokens;
    private int next;
    private int depth;

    private ExpressionParser(string text) => (this.text, tokens) = (text, ExpressionLexer.Read(text));

    private Token Current => tokens[next];

    public static Expression Parse(string text)
    {
        var parser = new ExpressionParser(text);
        var expression = parser.Or();
        return parser.Current.Kind == TokenKind.End ? expression : throw parser.Fault("an operator or the end is expected here.");
    }

    private Expression Or() => Chain(["|"], And);

    private Expression And() => Chain(["&"], Not);

    private Expression Not()
    {
        if (!Current.Is("!"))
        {
            return Comparison();
        }

        var symbol = tokens[next++];
        return Nested(() => new Expression.Unary("!", Not(), symbol.Position));
    }

    private Expression Comparison()
    {
        var left = Sum();
        if (Current.Is("%in%"))
        {
            var symbol = tokens[next++];
            return new Expression.Call("%in%", [left, .. Listed()], symbol.Position);
        }

        if (Current.Kind != TokenKind.Symbol || !Comparisons.Contains(Current.Text))
        {
            return left;
        }

        var sign = tokens[next++];
        return new Expression.Binary(sign.Text, left, Sum(), sign.Position);
    }

    /// <summary><c>c("a", "b")</c>.</summary>
    private List<Expression> Listed()
    {
        if (Current is not { Kind: TokenKind.Name, Text: "c" } || !tokens[next + 1].Is("("))
        {
            throw Fault("a list is expected here, such as c(\"a\", \"b\").");
        }

        next++;
        return Arguments();
    }

    private Expression Sum() => Chain(["+", "-"], Product);

    private Expression Product() => Chain(["*", "/"], Signed);

    private Expression Signed()
    {
        if (!Current.Is("-") && !Current.Is("+"))
        {
            return Power();
        }

        var sign = tokens[next++];
        return Nested(() => sign.Is("+") ? Signed() : new Expression.Unary("-", Signed(), sign.Position));
    }

    private Expression Power()
    {
        var left = Primary();
        if (!Current.Is("^"))
        {
            return left;
        }

        var symbol = tokens[next++];
        return Nested(() => new Expression.Binary("^", left, Signed(), symbol.Position));
    }

    private Expression Primary()
    {
        var token = tokens[next++];
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new Expression.Number(double.Parse(token.Text, CultureInfo.InvariantCulture), token.Position);
            case TokenKind.Text:
                return new Expression.Text(token.Text, token.Position);
            case TokenKind.Name when Current.Is("("):
                return new Expression.Call(token.Text, Arguments(), token.Position);
            case TokenKind.Name or TokenKind.Quoted:
                return new Expression.Column(token.Text, token.Position);
            case TokenKind.Symbol when token.Is("("):
                return Nested(() =>
                {
                    var inner = Or();
                    Close(token);
                    return inner;
                });
            default:
                next--;
                throw Fault("a column, a number, a text or '(' is expected here.");
        }
    }

    private List<Expression> Arguments() => Nested(() =>
    {
        var open = tokens[next++];
        var arguments = new List<Expression>();
        if (!Current.Is(")"))
        {
            arguments.Add(Or());
            while (Current.Is(","))
            {
                next++;
                arguments.Add(Or());
            }
        }

        Close(open);
        return arguments;
    });

    private Expression Chain(string[] symbols, Func<Expression> operand)
    {
        var left = operand();
        while (Current.Kind == TokenKind.Symbol && symbols.Contains(Current.Text))
        {
            var symbol = tokens[next++];
            left = new Expression.Binary(symbol.Text, left, operand(), symbol.Position);
        }

        return left;
    }

    private void Close(Token open)
    {
        if (!Current.Is(")"))
        {
            throw Fault($"the '(' at character {open.Position + 1} is not closed yet.");
        }

        next++;
    }

    private T Nested<T>(Func<T> parse)
    {
        if (++depth > Deepest)
        {
            throw Fault($"nested more than {Deepest} deep.");
        }

        var parsed = parse();
        depth--;
        return parsed;
    }

    private StepsRefused Fault(string problem) => ExpressionLexer.Fault(text, Current.Position, problem);
}
