using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Data.Sessions.Expressions;

/// <summary>A condition or computation as it was written, not yet held against any data.</summary>
/// <param name="Position">Where it begins, from 0.</param>
internal abstract record Expression(int Position)
{
    private Expression() : this(0) { }

    public sealed record Number(double Value, int Position) : Expression(Position);

    public sealed record Text(string Value, int Position) : Expression(Position);

    public sealed record Column(string Name, int Position) : Expression(Position);

    /// <summary><c>-</c> or <c>!</c>.</summary>
    public sealed record Unary(string Symbol, Expression Of, int Position) : Expression(Position);

    public sealed record Binary(string Symbol, Expression Left, Expression Right, int Position) : Expression(Position);

    public sealed record Call(string Function, IReadOnlyList<Expression> Of, int Position) : Expression(Position);

    /// <summary>The columns that it names.</summary>
    public IEnumerable<string> Columns => this switch
    {
        Column column => [column.Name],
        Unary unary => unary.Of.Columns,
        Binary binary => binary.Left.Columns.Concat(binary.Right.Columns),
        Call call => call.Of.SelectMany(of => of.Columns),
        _ => [],
    };
}

/// <summary>What an expression gives.</summary>
internal enum ValueKind
{
    Number,
    Text,
    Truth,
}

internal static class ValueKinds
{
    public static ValueKind Of(ColumnType type) => type == ColumnType.Number ? ValueKind.Number : ValueKind.Text;

    public static string Words(this ValueKind kind) => kind switch
    {
        ValueKind.Number => "a number",
        ValueKind.Text => "a text",
        _ => "a condition",
    };
}
