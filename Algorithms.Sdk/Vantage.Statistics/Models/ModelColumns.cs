using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;

namespace Vantage.Statistics.Models;

/// <summary>
/// The columns that a model reads. They travel beside the formula, so that a node can hold them against its policy
/// without understanding formulas; a function whose two disagree does not run.
/// </summary>
internal static class ModelColumns
{
    public static IReadOnlyList<string> Of(Formula formula, string? weights) =>
        weights is null || formula.Columns.Contains(weights) ? formula.Columns : [.. formula.Columns, weights];

    /// <summary>Those that may hold text, since nothing is computed of them.</summary>
    public static IReadOnlyList<string> Categories(Formula formula, string? weights)
    {
        var computed = formula.Variables.Prepend(formula.Outcome).Concat(formula.Offsets)
            .OfType<ComputedVariable>().SelectMany(v => v.Columns);
        return [.. Of(formula, weights).Except(weights is null ? computed : computed.Append(weights))];
    }

    /// <summary>Those that are categories whatever they hold, such as that of <c>factor(x)</c>.</summary>
    public static IReadOnlyList<string> Factors(Formula formula, string? weights)
    {
        var all = formula.Variables.Prepend(formula.Outcome).ToList();
        return [.. all.OfType<FactorVariable>().SelectMany(v => v.Columns).Distinct(StringComparer.Ordinal)
            .Intersect(Categories(formula, weights)).Except(all.OfType<ColumnVariable>().Select(v => v.Column))];
    }

    public static void ThrowIfOthers(IReadOnlyList<string> told, Formula formula, string? weights)
    {
        var named = Of(formula, weights);
        if (!named.Order(StringComparer.Ordinal).SequenceEqual(told.Order(StringComparer.Ordinal)))
        {
            throw new ArgumentsInvalidException(
                "columns", "they are not the columns that the formula and the weights name: " + string.Join(", ", named) + ".");
        }
    }
}
