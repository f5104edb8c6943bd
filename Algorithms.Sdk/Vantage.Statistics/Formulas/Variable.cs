namespace Vantage.Statistics.Formulas;

/// <summary>
/// One thing that a formula computes with, and how R calls it: a column, a transformed one, a factor. Whether a bare
/// column is a factor, only the data can tell.
/// </summary>
/// <param name="Label">As R prints it. Two variables with the same label are the same variable.</param>
/// <param name="Position">Where it is first written.</param>
internal abstract record Variable(string Label, int Position)
{
    public abstract IEnumerable<string> Columns { get; }
}

/// <summary>A column as it stands: numbers as they are, text as categories.</summary>
internal sealed record ColumnVariable(string Column, string Label, int Position) : Variable(Label, Position)
{
    public override IEnumerable<string> Columns => [Column];
}

/// <summary>A column taken as categories, whatever it holds.</summary>
/// <param name="Reference">The level that others are compared with; null for the first.</param>
internal sealed record FactorVariable(string Column, string? Reference, string Label, int Position)
    : Variable(Label, Position)
{
    public override IEnumerable<string> Columns => [Column];
}

/// <summary>A number computed of numbers.</summary>
internal sealed record ComputedVariable(Expression Expression, string Label, int Position) : Variable(Label, Position)
{
    public override IEnumerable<string> Columns => Names(Expression).Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Names(Expression expression) => expression switch
    {
        NameExpression n => [n.Name],
        UnaryExpression u => Names(u.Operand),
        BinaryExpression b => Names(b.Left).Concat(Names(b.Right)),
        GroupExpression g => Names(g.Inner),
        CallExpression c => c.Arguments.SelectMany(a => Names(a.Value)),
        _ => [],
    };
}
