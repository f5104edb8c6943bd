using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;

namespace Vantage.Statistics.Survival;

/// <summary>
/// Which level of a status is the event. As R's <c>Surv</c>: of 0 and 1 it is 1, of 1 and 2 it is 2, of FALSE and TRUE it is TRUE,
/// judged by what all sites hold together, so that a site without events does no harm.
/// </summary>
internal static class EventCoding
{
    public static string Of(SurvivalFormula formula, IReadOnlyList<string> levels)
    {
        var status = formula.Status.Variable.Label;
        if (formula.Event is { } told)
        {
            return levels.Contains(told) || levels.Count <= 1
                ? told
                : throw new ArgumentsInvalidException("formula", $"'{status}' has no level '{told}' at any site. It has:"
                    + $" {string.Join(", ", levels.Take(50))}.");
        }

        if (IsWithin(levels, "0", "1"))
            return "1";
        if (IsWithin(levels, "1", "2"))
            return "2";
        return IsWithin(levels, "FALSE", "TRUE") ? "TRUE"
            : IsWithin(levels, "false", "true") ? "true"
            : IsWithin(levels, "False", "True") ? "True"
            : throw new DataInvalidException($"'{status}' is neither 0 and 1, nor 1 and 2, nor FALSE and TRUE over all sites."
                + $" Say which level is the event, as in Surv(…, {ExpressionText.Name(status)} == \"dead\").");
    }

    /// <summary>A lone 1 is an event, as R has it.</summary>
    private static bool IsWithin(IReadOnlyList<string> levels, string censored, string ended) =>
        levels.All(l => l == censored || l == ended);
}
