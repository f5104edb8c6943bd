namespace Vantage.Statistics.Regressions;

/// <summary>What a reader of a model should know before using its numbers, in sentences.</summary>
internal static class RegressionNotes
{
    public static IReadOnlyList<string> Of(RegressionResult result) => [.. All(result)];

    private static IEnumerable<string> All(RegressionResult r)
    {
        if (r.Collinear.Count > 0)
            yield return $"Earlier columns determine {string.Join(", ", r.Collinear)}: not estimated.";
        if (r.Separation is { Kind: SeparationFound.Complete })
        {
            yield return "The columns tell the outcome apart without error (complete separation): no estimate exists. Leave"
                + " columns out, or ask for a penalised model.";
        }
        else if (r.Separation is { } some)
        {
            yield return $"For some rows the outcome follows from the columns without error (quasi-complete separation):"
                + $" {string.Join(", ", some.Terms)} would be infinite and are not given; the others are the limit.";
        }

        if (!r.Converged && r.Separation is null)
        {
            yield return $"The search did not settle in {r.Iterations} steps: the numbers are those of its last step, not"
                + " estimates. Raise maxIterations, or leave columns out.";
        }

        if (r is { Family: "gaussian", Deviance: 0, DegreesOfFreedom: > 0 })
        {
            yield return r.NullDeviance == 0
                ? "The outcome is the same in all rows: there is nothing to explain, and no error to speak of."
                : "The columns determine the outcome without error: there is no error to speak of.";
        }

        if (r.DegreesOfFreedom <= 0)
            yield return "There are no more rows than coefficients: nothing can be said of their errors.";
    }
}
