using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;

namespace Vantage.Statistics.Survival;

/// <summary>Understands the two sides of a survival formula.</summary>
internal static class SurvivalReader
{
    private const int Longest = 10_000;
    private const string Example = "Surv(time, status) ~ x1 + x2";

    public static SurvivalFormula Read(string text, bool grouping)
    {
        if (text.Length > Longest)
            throw new ArgumentsInvalidException("formula", $"longer than {Longest} characters.");
        var (left, right) = FormulaParser.Parse(text);
        var reader = new VariableReader(text);
        var outcome = SurvivalOutcome.Read(text, reader, left);
        var strata = new List<Variable>();
        var rest = WithoutStrata(text, right, strata);
        var expansion = new TermExpansion(text, reader);
        var terms = rest is null ? [] : expansion.Terms(rest);
        if (grouping)
            ThrowIfNoGroups(text, expansion, terms);
        var places = strata.Count > 0 ? OrderWithoutStrata(expansion.Variables.Count, terms) : [.. Enumerable.Range(0, expansion.Variables.Count)];
        var explaining = places.Select(p => expansion.Variables[p]).Select(v => grouping ? Group(text, v) : v).ToList();
        if (explaining.FirstOrDefault(v => outcome.Columns.Any(v.Columns.Contains)) is { } itself)
            throw FormulaFault.At(text, itself.Position, "the outcome cannot explain itself: leave it out on this side of '~'.");

        var variables = new List<Variable>(explaining);
        var status = Add(outcome.Status);
        var start = outcome.Start is { } from ? Add(from) : null;
        var model = new Formula(
            text, outcome.Stop, variables, [.. terms.Select(t => Term.Of(Moved(t, places)))], Intercept: true, expansion.Offsets);
        return new(text, model, start, status, outcome.Event, [.. strata.DistinctBy(s => s.Label).Select(Add)]);

        NumberedVariable Add(Variable variable)
        {
            variables.Add(variable);
            return new(variables.Count - 1, variable);
        }
    }

    /// <summary>Takes the strata out of the sum of terms. Null where nothing else remains.</summary>
    private static Expression? WithoutStrata(string text, Expression expression, List<Variable> strata)
    {
        switch (expression)
        {
            case CallExpression { Function: "strata" } call:
                strata.AddRange(Strata(text, call));
                return null;
            case BinaryExpression { Operator: "+" } sum:
                return (WithoutStrata(text, sum.Left, strata), WithoutStrata(text, sum.Right, strata)) switch
                {
                    (null, var right) => right,
                    (var left, null) => left,
                    var (left, right) => sum with { Left = left, Right = right },
                };
            case GroupExpression group:
                return WithoutStrata(text, group.Inner, strata) is { } inner ? group with { Inner = inner } : null;
            default:
                return expression;
        }
    }

    /// <summary>
    /// R's <c>coxph</c> drops strata by writing the formula anew from the other terms, main effects first: that is the order of
    /// writing then, and decides which variable of an interaction is named first.
    /// </summary>
    private static List<int> OrderWithoutStrata(int variables, IReadOnlyList<ulong> terms) =>
        [.. terms.SelectMany(t => Term.Of(t).Variables).Concat(Enumerable.Range(0, variables)).Distinct()];

    private static ulong Moved(ulong term, List<int> places) =>
        Term.Of(term).Variables.Aggregate(0UL, (bits, variable) => bits | (1UL << places.IndexOf(variable)));

    private static IEnumerable<Variable> Strata(string text, CallExpression call) => call.Arguments.Count == 0
        ? throw FormulaFault.At(text, call.Position, "strata takes columns: strata(site) or strata(site, sex).")
        : call.Arguments.Select(a => a switch
        {
            { Name: null, Value: NameExpression name } =>
                new FactorVariable(name.Name, null, $"strata({ExpressionText.Name(name.Name)})", name.Position),
            _ => throw FormulaFault.At(text, a.Value.Position, "strata takes columns as they stand: strata(site)."),
        });

    private static void ThrowIfNoGroups(string text, TermExpansion expansion, IReadOnlyList<ulong> terms)
    {
        if (terms.FirstOrDefault(t => Term.Of(t).Order > 1) is not 0)
        {
            throw new ArgumentsInvalidException("formula", $"'{text}' has an interaction. Groups are the combinations of the"
                + " levels of columns: write them as a sum, a + b.");
        }

        if (expansion.Offsets.Count > 0)
            throw FormulaFault.At(text, expansion.Offsets[0].Position, "groups have no offset: leave it out.");
    }

    private static FactorVariable Group(string text, Variable variable) => variable switch
    {
        ColumnVariable c => new(c.Column, null, c.Label, c.Position),
        FactorVariable f => f with { Reference = null },
        _ => throw FormulaFault.At(text, variable.Position, "groups are the levels of columns, and nothing is computed of"
            + $" them here: write columns, as in '{Example}'."),
    };
}
