using System.Globalization;
using System.Text;
using Vantage.DuckDb;

namespace Vantage.NodeAgent.Data.Sessions.Expressions;

/// <summary>A part of a statement, and what it gives.</summary>
/// <param name="IsPlain">A column or literal: finite or missing already.</param>
internal sealed record Sql(string Text, ValueKind Kind, bool IsPlain = false);

/// <summary>
/// Checks an expression's types and writes it for DuckDB. Columns are written by the planner's own names, so that no text of
/// a request but its literals is ever part of a statement. Arithmetic is that of IEEE; what is compared or kept is finite or
/// missing, so that no row makes a statement fail: an error that depends on one row would tell of it.
/// </summary>
/// <param name="text">As it was written, for messages.</param>
/// <param name="column">What a name stands for; throws where it stands for nothing.</param>
internal sealed class ExpressionSql(string text, Func<string, Sql> column)
{
    /// <summary>Guards write their operand twice; nested often enough, that would have no end.</summary>
    private const int Longest = 64 * 1024;

    private static readonly Dictionary<string, string> Functions = new(StringComparer.Ordinal)
    {
        ["log"] = "ln", ["log2"] = "log2", ["log10"] = "log10", ["exp"] = "exp", ["sqrt"] = "sqrt",
        ["abs"] = "abs", ["floor"] = "floor", ["ceiling"] = "ceil",
    };

    public Sql Of(Expression expression)
    {
        var sql = expression switch
        {
            Expression.Number number => Literal(number.Value),
            Expression.Text written => Literal(written.Value),
            Expression.Column name => column(name.Name),
            Expression.Unary { Symbol: "-" } unary => new($"(-{Get(unary.Of, ValueKind.Number).Text})", ValueKind.Number),
            Expression.Unary unary => new($"(NOT {Get(unary.Of, ValueKind.Truth).Text})", ValueKind.Truth),
            Expression.Binary binary => Binary(binary),
            Expression.Call call => Call(call),
            _ => throw new InvalidOperationException("The hierarchy is closed."),
        };
        return sql.Text.Length <= Longest ? sql : throw At(expression, "this is too large to compute. Derive parts of it as columns first.");
    }

    public static Sql Literal(double value) =>
        new($"CAST('{value.ToString("R", CultureInfo.InvariantCulture)}' AS DOUBLE)", ValueKind.Number, IsPlain: true);

    public static Sql Literal(string value)
    {
        if (value.Any(char.IsControl) || value.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar))
        {
            throw new StepsRefused("a text in the steps has control characters or is no valid Unicode.");
        }

        return value.Length is > 0 and <= 1000
            ? new($"CAST({DuckSession.Quoted(value)} AS VARCHAR)", ValueKind.Text, IsPlain: true)
            : throw new StepsRefused("a text in the steps is empty or longer than 1000 characters. What is empty is missing: is.na(x) finds it.");
    }

    /// <summary>What is no finite number is missing.</summary>
    public static Sql Finite(Sql sql) => sql.Kind != ValueKind.Number || sql.IsPlain ? sql
        : new($"(CASE WHEN isfinite({sql.Text}) THEN {sql.Text} END)", ValueKind.Number);

    private Sql Binary(Expression.Binary binary)
    {
        switch (binary.Symbol)
        {
            case "+" or "-" or "*" or "/":
                return new($"({Get(binary.Left, ValueKind.Number).Text} {binary.Symbol} {Get(binary.Right, ValueKind.Number).Text})", ValueKind.Number);
            case "^":
                return new($"TRY(pow({Get(binary.Left, ValueKind.Number).Text}, {Get(binary.Right, ValueKind.Number).Text}))", ValueKind.Number);
            case "&" or "|":
                return new($"({Get(binary.Left, ValueKind.Truth).Text} {(binary.Symbol == "&" ? "AND" : "OR")} {Get(binary.Right, ValueKind.Truth).Text})", ValueKind.Truth);
            default:
                var (left, right) = (Of(binary.Left), Of(binary.Right));
                if (left.Kind != right.Kind || left.Kind == ValueKind.Truth)
                {
                    throw At(binary, $"'{binary.Symbol}' compares two numbers or two texts, and here are {left.Kind.Words()} and {right.Kind.Words()}.");
                }

                return binary.Symbol is "==" or "!=" || left.Kind == ValueKind.Number
                    ? new($"({Finite(left).Text} {(binary.Symbol == "==" ? "=" : binary.Symbol == "!=" ? "<>" : binary.Symbol)} {Finite(right).Text})", ValueKind.Truth)
                    : throw At(binary, $"texts are equal or not; they have no order that '{binary.Symbol}' could mean.");
        }
    }

    private Sql Call(Expression.Call call)
    {
        if (Functions.TryGetValue(call.Function, out var name))
        {
            Takes(call, 1);
            return new($"TRY({name}({Get(call.Of[0], ValueKind.Number).Text}))", ValueKind.Number);
        }

        switch (call.Function)
        {
            case "is.na":
                Takes(call, 1);
                return new($"({Finite(Of(call.Of[0])).Text} IS NULL)", ValueKind.Truth);
            case "ifelse":
                Takes(call, 3);
                var (yes, no) = (Of(call.Of[1]), Of(call.Of[2]));
                return yes.Kind == no.Kind
                    ? new($"(CASE {Get(call.Of[0], ValueKind.Truth).Text} WHEN TRUE THEN {yes.Text} WHEN FALSE THEN {no.Text} END)", yes.Kind)
                    : throw At(call, $"ifelse gives one kind of value, and here are {yes.Kind.Words()} and {no.Kind.Words()}.");
            case "%in%":
                return In(call);
            default:
                throw At(call, $"there is no function '{call.Function}'. There are: {string.Join(", ", Functions.Keys)}, is.na, ifelse.");
        }
    }

    /// <summary>As in R, a missing value is in no list.</summary>
    private Sql In(Expression.Call call)
    {
        var sought = Finite(Of(call.Of[0]));
        var listed = call.Of.Skip(1).Select(of => of is Expression.Text or Expression.Number or Expression.Unary { Of: Expression.Number }
            ? Get(of, sought.Kind)
            : throw At(of, "the list holds texts or numbers as they are.")).ToList();
        return listed.Count > 0 && sought.Kind != ValueKind.Truth
            ? new($"coalesce({sought.Text} IN ({string.Join(", ", listed.Select(l => l.Text))}), FALSE)", ValueKind.Truth)
            : throw At(call, "%in% looks for a number or text in a list of at least one.");
    }

    private Sql Get(Expression expression, ValueKind kind) => Of(expression) is var sql && sql.Kind == kind
        ? sql
        : throw At(expression, $"{kind.Words()} is expected here, and this is {sql.Kind.Words()}.");

    private void Takes(Expression.Call call, int arguments)
    {
        if (call.Of.Count != arguments)
        {
            throw At(call, $"{call.Function} takes {arguments} argument{(arguments == 1 ? "" : "s")}, and here are {call.Of.Count}.");
        }
    }

    private StepsRefused At(Expression expression, string problem) => ExpressionLexer.Fault(text, expression.Position, problem);
}
