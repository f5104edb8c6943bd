using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.LogRank;

/// <param name="Formula"><c>Surv(time, status) ~ a + b + strata(s)</c>: groups are the combinations of the levels of a and b.</param>
/// <param name="Rho">
/// The weight of a time is S(t) to this power: 0 for the log-rank test, 1 for Peto and Peto's modification of Gehan's Wilcoxon
/// test.
/// </param>
/// <param name="StratifyBySite">
/// Whether rows are compared within sites only, as with <c>strata(site)</c>: then no time leaves a site. Unless told, so it is where
/// a site's disclosure rules let no exact time leave.
/// </param>
public sealed record LogRankArguments(
    [property: Description("Time and status by groups, in R's notation: Surv(time, status) ~ group + strata(site).")] string Formula,
    [property: Description("0 for the log-rank test (unless told), 1 for Peto-Peto's.")] double Rho = 0,
    [property: Description("Whether to compare within sites only; unless told, where sites tell no exact times.")]
    bool? StratifyBySite = null) : IArguments
{
    /// <inheritdoc/>
    public void Check() => Question();

    internal SurvivalQuestion Question()
    {
        if (Rho is not (>= 0 and <= 10))
            throw new ArgumentsInvalidException("rho", "between 0 and 10.");
        var question = SurvivalQuestion.Read(Formula, null, 0.95, groups: true);
        if (!question.Formula.Explaining.Any())
            throw new ArgumentsInvalidException("formula", "no groups to compare: write them after '~', as in Surv(time, status) ~ arm.");
        return question.Formula.Start is null
            ? question
            : throw new ArgumentsInvalidException("formula", "the log-rank test takes right-censored times, Surv(time, status). With"
                + " delayed entry, the score test of cox answers the same question.");
    }
}
