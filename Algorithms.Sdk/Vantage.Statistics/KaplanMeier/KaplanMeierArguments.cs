using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.KaplanMeier;

/// <param name="Formula">
/// <c>Surv(time, status) ~ 1</c> for one curve, <c>~ a + b</c> for one of each combination of levels; with delayed entry
/// <c>Surv(start, stop, status)</c>.
/// </param>
/// <param name="ConfidenceLevel">Of the confidence limits.</param>
/// <param name="ConfidenceType">On which scale they are symmetric: <c>log</c> (as R unless told), <c>log-log</c> or <c>plain</c>.</param>
/// <param name="Times">At which the curves are read off too, in the unit of the time.</param>
public sealed record KaplanMeierArguments(
    [property: Description("Time and status by groups, in R's notation: Surv(time, status) ~ group, or ~ 1 for one curve.")]
    string Formula,
    [property: Description("Of the confidence limits; 0.95 unless told.")] double ConfidenceLevel = 0.95,
    [property: Description("log (unless told), log-log or plain.")] string ConfidenceType = "log",
    [property: Description("Times at which to read the curves off.")] IReadOnlyList<double>? Times = null) : IArguments
{
    /// <inheritdoc/>
    public void Check() => Question();

    internal SurvivalQuestion Question()
    {
        if (!ConfidenceLimits.Types.Contains(ConfidenceType))
            throw new ArgumentsInvalidException("confidenceType", "one of " + string.Join(", ", ConfidenceLimits.Types) + ".");
        if (Times is { Count: > 1000 } || (Times ?? []).Any(t => !double.IsFinite(t)))
            throw new ArgumentsInvalidException("times", "up to 1000 finite numbers.");
        return SurvivalQuestion.Read(Formula, null, ConfidenceLevel, groups: true);
    }
}
