using System.Numerics;
using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Formulas;

/// <summary>
/// What the right side of a formula means, by the rules of R's <c>terms.formula</c>: <c>a * b</c> is <c>a + b + a:b</c>,
/// <c>(a + b)^2</c> all interactions up to two, <c>a / b</c> is <c>a + a:b</c>, <c>- a</c> takes a term away, <c>0</c>
/// and <c>- 1</c> the intercept. A term is the set of its variables, one bit each.
/// </summary>
internal sealed class TermExpansion(string text, VariableReader reader)
{
    private const int MaxVariables = 64;
    private const int MaxTerms = 500;
    private readonly List<Variable> variables = [];
    private readonly List<Variable> offsets = [];
    private bool isTakenAway;

    public IReadOnlyList<Variable> Variables => variables;

    public IReadOnlyList<Variable> Offsets => offsets;

    public bool Intercept { get; private set; } = true;

    /// <summary>Main effects first, then interactions of two, and so on; among equals as they are written.</summary>
    public IReadOnlyList<ulong> Terms(Expression right) =>
        [.. Expand(right).Select((bits, i) => (bits, i)).OrderBy(t => BitOperations.PopCount(t.bits)).ThenBy(t => t.i).Select(t => t.bits)];

    private List<ulong> Expand(Expression expression)
    {
        var terms = expression switch
        {
            NumberExpression n => Number(n),
            GroupExpression g => Expand(g.Inner),
            UnaryExpression { Sign: "+" } u => Expand(u.Operand),
            UnaryExpression u => Without([], u.Operand),
            BinaryExpression { Operator: "+" } b => Union(Expand(b.Left), Expand(b.Right)),
            BinaryExpression { Operator: "-" } b => Without(Expand(b.Left), b.Right),
            BinaryExpression { Operator: ":" or "%in%" } b => Cross(Expand(b.Left), Expand(b.Right)),
            BinaryExpression { Operator: "*" } b => Star(Expand(b.Left), Expand(b.Right)),
            BinaryExpression { Operator: "/" } b => Nest(Expand(b.Left), Expand(b.Right)),
            BinaryExpression { Operator: "^" } b => Power(Expand(b.Left), b.Right),
            CallExpression { Function: "offset" } c => Offset(c),
            _ => [1UL << IndexOf(reader.Read(expression))],
        };
        return terms.Count <= MaxTerms
            ? terms
            : throw At(expression, $"this stands for more than {MaxTerms} terms.");
    }

    private List<ulong> Number(NumberExpression number)
    {
        if (number.Value is not (0 or 1))
            throw At(number, "among the terms, only 1 (with intercept) and 0 (without) have a meaning. Arithmetic is written inside I(…).");
        Intercept = (number.Value == 1) != isTakenAway;
        return [];
    }

    private List<ulong> Offset(CallExpression call)
    {
        if (isTakenAway)
            throw At(call, "an offset cannot be taken away.");
        offsets.Add(reader.ReadOffset(call));
        return [];
    }

    private List<ulong> Without(List<ulong> left, Expression right)
    {
        isTakenAway = !isTakenAway;
        var taken = Expand(right);
        isTakenAway = !isTakenAway;
        return [.. left.Except(taken)];
    }

    private List<ulong> Power(List<ulong> left, Expression exponent)
    {
        if (exponent is not NumberExpression { Value: >= 1 and <= 20 and var value } || value != Math.Floor(value))
            throw At(exponent, "among the terms, '^' takes a whole number from 1: (a + b)^2. A square of values is I(x^2).");
        var terms = left;
        for (var i = 1; i < value; i++)
            terms = Union(terms, Cross(terms, left));
        return terms;
    }

    private static List<ulong> Nest(List<ulong> left, List<ulong> right)
    {
        var all = left.Aggregate(0UL, (bits, term) => bits | term);
        return Union(left, Cross([all], right));
    }

    private static List<ulong> Star(List<ulong> left, List<ulong> right) => Union(Union(left, right), Cross(left, right));

    private static List<ulong> Union(List<ulong> left, List<ulong> right) => [.. left.Union(right)];

    private static List<ulong> Cross(List<ulong> left, List<ulong> right) =>
        [.. left.SelectMany(l => right.Select(r => l | r)).Distinct().Take(MaxTerms + 1)];

    private int IndexOf(Variable variable)
    {
        var index = variables.FindIndex(v => v.Label == variable.Label);
        if (index >= 0)
            return index;
        if (variables.Count == MaxVariables)
            throw FormulaFault.At(text, variable.Position, $"a formula may have {MaxVariables} variables, and this is one more.");
        variables.Add(variable);
        return variables.Count - 1;
    }

    private ArgumentsInvalidException At(Expression expression, string problem) => FormulaFault.At(text, expression.Position, problem);
}
