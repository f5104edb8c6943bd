using Vantage.Algorithms.Functions;

namespace Vantage.Statistics.Survival;

/// <summary>What is asked for.</summary>
/// <param name="Formula">Time, status, what explains them, and strata.</param>
/// <param name="Reference">By column: the level that others are compared with.</param>
/// <param name="Groups">Whether the terms are groups, not columns of a model.</param>
internal sealed record SurvivalQuestion(
    SurvivalFormula Formula, IReadOnlyDictionary<string, string>? Reference, bool Groups)
{
    public const string FormulaText = "Time and status by what explains them, in R's notation: Surv(time, status) ~ x1 + strata(x2).";

    public IReadOnlyList<string> Columns => Formula.Model.Columns;

    public static SurvivalQuestion Read(
        string formula, IReadOnlyDictionary<string, string>? reference, double confidenceLevel, bool groups)
    {
        if (confidenceLevel is not (>= 0.01 and <= 0.999999))
            throw new ArgumentsInvalidException("confidenceLevel", "between 0.01 and 0.999999, such as 0.95.");
        return new(Parse(formula, groups), reference, groups);
    }

    public static SurvivalFormula Parse(string formula, bool groups) =>
        groups ? SurvivalFormula.ParseGroups(formula) : SurvivalFormula.Parse(formula);

    /// <summary>They travel beside the formula, so that a node can hold them against its policy.</summary>
    public static void ThrowIfOtherColumns(IReadOnlyList<string> told, SurvivalFormula formula)
    {
        var named = formula.Model.Columns;
        if (!named.Order(StringComparer.Ordinal).SequenceEqual(told.Order(StringComparer.Ordinal)))
        {
            throw new ArgumentsInvalidException(
                "columns", "they are not the columns that the formula names: " + string.Join(", ", named) + ".");
        }
    }
}
