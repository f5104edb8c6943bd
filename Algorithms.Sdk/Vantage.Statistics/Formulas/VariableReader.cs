using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Formulas;

/// <summary>Tells which variable an expression is, and refuses what is none.</summary>
internal sealed class VariableReader(string text)
{
    private static readonly string[] Operators = ["+", "-", "*", "/", "^"];

    public Variable Read(Expression expression) => expression switch
    {
        NameExpression { Name: "." } n => throw At(n, "'.' for all other columns is not understood: what a site shows is"
            + " what the formula names. Write the columns."),
        NameExpression n => new ColumnVariable(n.Name, n.ToString(), n.Position),
        CallExpression { Function: "factor" or "as.factor" or "relevel" } c => Factor(c, c.ToString()),
        CallExpression { Function: "offset" } c => throw At(c, "an offset is a term of its own: write '+ offset(…)'."),
        CallExpression c => Computed(c),
        TextExpression t => throw At(t, "a text is no column. Names of columns are written plainly or in back-quotes."),
        _ => throw At(expression, "a column is expected here. Arithmetic is written inside I(…), as in I(x^2)."),
    };

    /// <summary>What stands inside <c>offset(…)</c>.</summary>
    public Variable ReadOffset(CallExpression offset)
    {
        if (offset.Arguments is not [{ Name: null, Value: var inner }])
            throw At(offset, "offset takes one number or column: offset(o) or offset(log(o)).");
        CheckNumber(inner);
        return new ComputedVariable(inner, inner.ToString(), offset.Position);
    }

    private ComputedVariable Computed(CallExpression call)
    {
        CheckNumber(call);
        var variable = new ComputedVariable(call, call.ToString(), call.Position);
        return variable.Columns.Any() ? variable : throw At(call, "no column is named in here.");
    }

    private FactorVariable Factor(CallExpression call, string label) => call switch
    {
        { Function: "relevel", Arguments: [{ Name: null, Value: var of }, { Name: "ref" or null, Value: TextExpression level }] } =>
            Inner(of, label) with { Reference = level.Value, Position = call.Position },
        { Function: "relevel" } => throw At(call, "relevel takes a column and the level to compare with:"
            + " relevel(x, ref = \"a\")."),
        { Arguments: [{ Name: null, Value: NameExpression column }] } => new(column.Name, null, label, call.Position),
        _ => throw At(call, $"{call.Function} takes one column: {call.Function}(x). Levels are agreed between the sites;"
            + " relevel(x, ref = \"a\") chooses the one to compare with."),
    };

    private FactorVariable Inner(Expression of, string label) => of switch
    {
        NameExpression column => new(column.Name, null, label, of.Position),
        CallExpression { Function: "factor" or "as.factor" } call => Factor(call, label),
        _ => throw At(of, "relevel takes a column or factor(column)."),
    };

    private void CheckNumber(Expression expression)
    {
        switch (expression)
        {
            case NameExpression { Name: not "." }:
            case NumberExpression:
                break;
            case UnaryExpression u:
                CheckNumber(u.Operand);
                break;
            case GroupExpression g:
                CheckNumber(g.Inner);
                break;
            case BinaryExpression b when Operators.Contains(b.Operator):
                CheckNumber(b.Left);
                CheckNumber(b.Right);
                break;
            case BinaryExpression b:
                throw At(b, $"'{b.Operator}' does not compute a number. Inside functions there are + - * / ^.");
            case CallExpression c when Computation.Functions.ContainsKey(c.Function):
                CheckNumber(c.Arguments is [{ Name: null, Value: var only }]
                    ? only
                    : throw At(c, $"{c.Function} takes one number: {c.Function}(x)."));
                break;
            case CallExpression { Function: "factor" or "as.factor" or "relevel" or "offset" } c:
                throw At(c, $"{c.Function} gives no number to compute with.");
            case CallExpression c:
                throw At(c, UnknownFunction.Words(c.Function));
            default:
                throw At(expression, "a column or number is expected here.");
        }
    }

    private ArgumentsInvalidException At(Expression expression, string problem) => FormulaFault.At(text, expression.Position, problem);
}
