using Vantage.Algorithms.Functions;
using Vantage.Statistics.Distributions;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Regressions;

/// <summary>The laws that all regression models share.</summary>
internal static class RegressionArguments
{
    public const string FormulaText = "The model, in R's notation: y ~ x1 + x2.";
    public const string WeightsText = "A column of prior weights, as R's argument 'weights'.";
    public const string ReferenceText = "By column: the level that the others are compared with.";
    public const string StepsText = "Steps after which to give up; 100 unless told.";
    public const string ToleranceText = "The relative change of the deviance at which to stop; 1e-14 unless told.";
    public const string LevelText = ConfidenceLevels.Text;

    /// <summary>
    /// R's 25 are enough for its tolerance of 1e-8, and too few for 1e-14 where steps shrink slowly, as those of Gamma models with
    /// the link log.
    /// </summary>
    public const int Steps = 100;

    private const int MostSteps = 1000;

    /// <param name="formula">The model.</param>
    /// <param name="weights">A column.</param>
    /// <param name="reference">By column.</param>
    /// <param name="confidenceLevel">Of the intervals.</param>
    /// <param name="number">What the model is called if its outcome is a number; null where it is one of two.</param>
    public static ModelQuestion Check(
        string formula, string? weights, IReadOnlyDictionary<string, string>? reference, double confidenceLevel, string? number)
    {
        ConfidenceLevels.ThrowIfNone(confidenceLevel);
        if (weights is { Length: 0 })
            throw new ArgumentsInvalidException("weights", "name a column, or leave the argument out.");
        var parsed = Formula.Parse(formula);
        if (number is not null && parsed.Outcome is FactorVariable outcome)
        {
            throw FormulaFault.At(formula, outcome.Position, $"the outcome of a {number} model is a number, and this is a factor."
                + " A logistic model explains a factor with two levels.");
        }

        return new(parsed, weights, reference, number is null);
    }

    public static StoppingRule Rule(double tolerance, int maxIterations)
    {
        if (maxIterations is < 1 or > MostSteps)
            throw new ArgumentsInvalidException("maxIterations", $"between 1 and {MostSteps}.");
        return tolerance is >= 1e-15 and <= 0.01
            ? new(tolerance, maxIterations)
            : throw new ArgumentsInvalidException("tolerance", "between 1e-15 and 0.01, such as 1e-8.");
    }
}
