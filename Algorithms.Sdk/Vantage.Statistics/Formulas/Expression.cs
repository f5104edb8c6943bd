namespace Vantage.Statistics.Formulas;

/// <summary>A formula as it is written. <see cref="object.ToString"/> prints it as R's <c>deparse</c> does.</summary>
/// <param name="Position">Where it begins in the formula, from 0.</param>
internal abstract record Expression(int Position)
{
    public sealed override string ToString() => ExpressionText.Of(this);
}

internal sealed record NumberExpression(double Value, int Position) : Expression(Position);

internal sealed record TextExpression(string Value, int Position) : Expression(Position);

/// <summary>A column.</summary>
internal sealed record NameExpression(string Name, int Position) : Expression(Position);

/// <summary>A sign.</summary>
internal sealed record UnaryExpression(string Sign, Expression Operand, int Position) : Expression(Position);

/// <param name="Position">Where the operator stands.</param>
internal sealed record BinaryExpression(string Operator, Expression Left, Expression Right, int Position)
    : Expression(Position);

internal sealed record GroupExpression(Expression Inner, int Position) : Expression(Position);

internal sealed record CallExpression(string Function, IReadOnlyList<CallArgument> Arguments, int Position)
    : Expression(Position);

/// <param name="Name">As in <c>ref = "A"</c>; null where only a value is written.</param>
internal sealed record CallArgument(string? Name, Expression Value);
