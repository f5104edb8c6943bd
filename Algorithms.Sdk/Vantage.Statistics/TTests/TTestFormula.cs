using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.TTests;

/// <summary>The formulas of a t-test, brought to one form: a number explained by one factor, or by nothing.</summary>
internal static class TTestFormula
{
    public static ModelQuestion Read(string text, string? reference)
    {
        var formula = Formula.Parse(WithoutPair(text));
        if (formula.Outcome is FactorVariable)
            throw new ArgumentsInvalidException("formula", "a t-test compares means of numbers, and the left side is a factor.");
        if (formula.Offsets.Count > 0 || !formula.Intercept || formula.Terms.Count > 1)
            throw Unlike();
        if (formula.Terms.Count == 0)
        {
            return reference is null
                ? new(formula, null, null, Binary: false)
                : throw new ArgumentsInvalidException("reference", "there are no groups: the formula ends in '~ 1'.");
        }

        var group = formula.Variables is [ColumnVariable or FactorVariable] ? formula.Variables[0] : throw Unlike();
        var column = group.Columns.First();
        var references = reference is null
            ? null
            : new Dictionary<string, string>(StringComparer.Ordinal) { [column] = reference };
        return new(
            group is FactorVariable ? formula : Formula.Parse($"{Left(formula)} ~ factor({ExpressionText.Name(column)})"),
            null,
            references,
            Binary: false);
    }

    /// <summary>R's <c>Pair(a, b)</c>: the test is over the differences.</summary>
    private static string WithoutPair(string text)
    {
        var (left, right) = FormulaParser.Parse(text);
        if (left is not CallExpression { Function: "Pair" } pair)
            return text;
        if (pair.Arguments.Count != 2 || right is not NumberExpression { Value: 1 })
            throw Unlike();
        return $"({pair.Arguments[0].Value}) - ({pair.Arguments[1].Value}) ~ 1";
    }

    private static string Left(Formula formula) =>
        formula.Text[..FormulaLexer.Read(formula.Text).First(t => t.Is("~")).Position].Trim();

    private static ArgumentsInvalidException Unlike() => new(
        "formula", "a t-test is written y ~ group, y ~ 1, or Pair(before, after) ~ 1 with columns of the data.");
}
