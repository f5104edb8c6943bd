namespace Vantage.Statistics.Logistic;

/// <summary>
/// The deviance of the model without columns. With an intercept and an offset it has no closed form, and its intercept is
/// found along the rounds of the model itself.
/// </summary>
internal sealed class NullModel(bool intercept, bool offset)
{
    private const double Tolerance = 1e-20;
    private bool isFound;

    /// <summary>What the sites evaluate; null where the first round settles it.</summary>
    public double? Intercept { get; private set; }

    public double Deviance { get; private set; }

    public bool IsFound => isFound || !(intercept && offset);

    public void Take(LogisticState state, bool isFirst)
    {
        if (isFirst && intercept)
        {
            var (successes, failures) = (state.Successes, state.Weights - state.Successes);
            Deviance = -2 * ((successes * Math.Log(successes / state.Weights)) + (failures * Math.Log(failures / state.Weights)));
            Intercept = offset ? Math.Log(successes / failures) : null;
        }
        else if (isFirst || Intercept is not null)
        {
            Deviance = state.Sum(LogisticSums.NullDeviance);
            if (Intercept is not null && !isFound)
                Advance(state);
        }
    }

    private void Advance(LogisticState state)
    {
        var score = state.Sum(LogisticSums.NullScore);
        var information = state.Sum(LogisticSums.NullInformation);
        if (score * score <= Tolerance * information || information <= 0)
            isFound = true;
        else
            Intercept += Math.Clamp(score / information, -2, 2);
    }
}
