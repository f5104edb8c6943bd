using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Gamma;

/// <param name="Formula">
/// The model, in R's notation: <c>cost ~ x1 * x2 + log(x3)</c>. The outcome is a number above zero.
/// </param>
/// <param name="Weights">A column of prior weights, not negative; rows of weight 0 take no part.</param>
/// <param name="Reference">By column: the level that the others are compared with; the first of the sorted levels unless told.</param>
/// <param name="Link"><c>inverse</c>, as R's default, or <c>log</c>.</param>
/// <param name="ConfidenceLevel">Of the confidence intervals.</param>
/// <param name="MaxIterations">Steps of Newton's method after which the model counts as not converged.</param>
/// <param name="Tolerance">
/// The relative change of the deviance below which the estimates count as found: R's <c>epsilon</c>. R's own default of
/// 1e-8 leaves standard errors 1e-7 off; here it is 1e-14.
/// </param>
public sealed record GammaArguments(
    [property: Description(RegressionArguments.FormulaText)] string Formula,
    [property: Description(RegressionArguments.WeightsText)] string? Weights = null,
    [property: Description(RegressionArguments.ReferenceText)] IReadOnlyDictionary<string, string>? Reference = null,
    [property: Description("'inverse', R's default, or 'log'.")] string Link = "inverse",
    [property: Description(RegressionArguments.LevelText)] double ConfidenceLevel = 0.95,
    [property: Description(RegressionArguments.StepsText)] int MaxIterations = RegressionArguments.Steps,
    [property: Description(RegressionArguments.ToleranceText)] double Tolerance = 1e-14) : IArguments
{
    /// <inheritdoc/>
    public void Check()
    {
        _ = Family();
        Rule();
        Question();
    }

    internal ModelQuestion Question() =>
        RegressionArguments.Check(Formula, Weights, Reference, ConfidenceLevel, number: "Gamma");

    internal GammaFamily Family() => GammaFamily.Of(Link) ?? throw new ArgumentsInvalidException("link", "'inverse' or 'log'.");

    internal StoppingRule Rule() => RegressionArguments.Rule(Tolerance, MaxIterations);
}
