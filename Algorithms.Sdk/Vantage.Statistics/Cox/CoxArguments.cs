using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Regressions;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox;

/// <param name="Formula"><c>Surv(time, status) ~ x1 * x2 + strata(s)</c>; with delayed entry <c>Surv(start, stop, status)</c>.</param>
/// <param name="Ties">How events at the same time count: <c>efron</c> or <c>breslow</c>.</param>
/// <param name="Reference">By column: the level that the others are compared with; the first of the sorted levels unless told.</param>
/// <param name="StratifyBySite">
/// Whether each site has a baseline hazard of its own, as with <c>strata(site)</c>: then no event time leaves a site. Unless told,
/// so it is where a site's disclosure rules let no exact time leave.
/// </param>
/// <param name="ConfidenceLevel">Of the confidence intervals.</param>
/// <param name="MaxIterations">Steps of Newton's method after which the model counts as not converged.</param>
/// <param name="Tolerance">The relative change of the log likelihood below which the estimates count as found.</param>
public sealed record CoxArguments(
    [property: Description(SurvivalQuestion.FormulaText)] string Formula,
    [property: Description("Events at the same time: efron (unless told) or breslow.")] string Ties = CoxTies.Efron,
    [property: Description(RegressionArguments.ReferenceText)] IReadOnlyDictionary<string, string>? Reference = null,
    [property: Description("Whether each site has a baseline hazard of its own; unless told, where sites tell no exact times.")]
    bool? StratifyBySite = null,
    [property: Description(RegressionArguments.LevelText)] double ConfidenceLevel = 0.95,
    [property: Description("Steps after which to give up; 50 unless told.")] int MaxIterations = 50,
    [property: Description("The relative change of the log likelihood at which to stop; 1e-14 unless told.")] double Tolerance = 1e-14)
    : IArguments
{
    /// <inheritdoc/>
    public void Check() => Question();

    internal SurvivalQuestion Question()
    {
        CoxTies.ThrowIfOther(Ties);
        if (MaxIterations is < 1 or > 200)
            throw new ArgumentsInvalidException("maxIterations", "between 1 and 200.");
        if (Tolerance is not (>= 1e-15 and <= 0.01))
            throw new ArgumentsInvalidException("tolerance", "between 1e-15 and 0.01, such as 1e-9.");
        var question = SurvivalQuestion.Read(Formula, Reference, ConfidenceLevel, groups: false);
        return question.Formula.Model.Terms.Count > 0
            ? question
            : throw new ArgumentsInvalidException("formula", "nothing is left to estimate: write what explains the time after '~'.");
    }
}

/// <summary>How events at the same time count.</summary>
internal static class CoxTies
{
    /// <summary>As if in the mean over all orders: R's default.</summary>
    public const string Efron = "efron";

    /// <summary>As if each were the first.</summary>
    public const string Breslow = "breslow";

    public static void ThrowIfOther(string ties)
    {
        if (ties is not (Efron or Breslow))
            throw new ArgumentsInvalidException("ties", $"'{Efron}' or '{Breslow}'.");
    }
}
