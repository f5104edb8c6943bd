using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Anovas;

/// <param name="Formula">The model, in R's notation: <c>y ~ a</c>, <c>y ~ a * b</c>. Numbers become factors by <c>factor(x)</c>.</param>
/// <param name="Type">
/// Which sums of squares. 1: each term after those before it, as R's <c>aov</c> and <c>anova</c>. 2: each term after all that do
/// not contain it. 3: each term after all others, by contrasts that sum to zero. They agree where all cells have the same number of rows.
/// </param>
/// <param name="Weights">A column of prior weights.</param>
public sealed record AnovaArguments(
    [property: Description(RegressionArguments.FormulaText)] string Formula,
    [property: Description("Which sums of squares: 1 (sequential, unless told), 2 or 3.")] int Type = 1,
    [property: Description(RegressionArguments.WeightsText)] string? Weights = null) : IArguments
{
    /// <inheritdoc/>
    public void Check() => Question();

    internal ModelQuestion Question()
    {
        if (Type is < 1 or > 3)
            throw new ArgumentsInvalidException("type", "1, 2 or 3.");
        var question = RegressionArguments.Check(Formula, Weights, null, 0.95, number: "linear");
        if (question.Formula.Terms.Count == 0)
            throw new ArgumentsInvalidException("formula", "name at least one term that explains the outcome: y ~ group.");
        if (Type == 3 && !question.Formula.Intercept)
            throw new ArgumentsInvalidException("type", "3 needs a model with an intercept.");
        return question;
    }
}
