using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Regressions;

/// <summary>The laws that linear and logistic models share.</summary>
internal static class RegressionArguments
{
    public const string FormulaText = "The model, in R's notation: y ~ x1 + x2.";
    public const string WeightsText = "A column of prior weights, as R's argument 'weights'.";
    public const string ReferenceText = "By column: the level that the others are compared with.";
    public const string LevelText = "Of the confidence intervals; 0.95 unless told.";

    public static ModelQuestion Check(
        string formula, string? weights, IReadOnlyDictionary<string, string>? reference, double confidenceLevel, bool binary)
    {
        if (confidenceLevel is not (>= 0.01 and <= 0.999999))
            throw new ArgumentsInvalidException("confidenceLevel", "between 0.01 and 0.999999, such as 0.95.");
        if (weights is { Length: 0 })
            throw new ArgumentsInvalidException("weights", "name a column, or leave the argument out.");
        var parsed = Formula.Parse(formula);
        if (!binary && parsed.Outcome is FactorVariable outcome)
        {
            throw FormulaFault.At(formula, outcome.Position, "the outcome of a linear model is a number, and this is a factor."
                + " A logistic model explains a factor with two levels.");
        }

        return new(parsed, weights, reference, binary);
    }
}
