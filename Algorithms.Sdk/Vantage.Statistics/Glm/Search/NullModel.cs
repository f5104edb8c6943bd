using Vantage.Statistics.Glm.Families;

namespace Vantage.Statistics.Glm.Search;

/// <summary>
/// The deviance of the model without columns. With an intercept and an offset it has no closed form, and its intercept is
/// found along the rounds of the model itself.
/// </summary>
internal sealed class NullModel(bool intercept, bool offset)
{
    private const double Tolerance = 1e-20;
    private double step;

    /// <summary>What the sites evaluate; null where the first round settles it.</summary>
    public double? Intercept { get; private set; }

    /// <summary>Null where the model has no mean for some row.</summary>
    public double? Deviance { get; private set; }

    public bool IsFound { get; private set; }

    /// <summary>The same for another family, from where this one is.</summary>
    public NullModel Again() => new(intercept, offset) { Intercept = Intercept, Deviance = Deviance, IsFound = !intercept };

    public void Take(GlmState state, Family family, bool isFirst)
    {
        if (IsFound)
            return;
        if (isFirst && intercept)
            Begin(state, family);
        else if (state.Sum(GlmSums.NullImpossible) > 0)
            Retreat(state, family);
        else
            Measure(state, family);
    }

    private void Begin(GlmState state, Family family)
    {
        Deviance = offset ? null : family.NullDeviance(state.Weights, state.Outcome);
        if (Deviance is null)
            Intercept = offset ? family.NullStart(state) : family.Predictor(state.Outcome / state.Weights);
        else
            IsFound = true;
    }

    private void Measure(GlmState state, Family family)
    {
        Deviance = state.Sum(GlmSums.NullDeviance);
        if (!intercept || !offset)
        {
            IsFound = true;
            return;
        }

        var score = state.Sum(GlmSums.NullScore);
        var information = state.Sum(GlmSums.NullInformation);
        step = information > 0 ? Math.Clamp(score / information, -family.LongestNullStep, family.LongestNullStep) : 0;
        if (score * score <= Tolerance * information || Intercept + step == Intercept)
            IsFound = true;
        else
            Intercept += step;
    }

    /// <summary>Half a step back; from the start, where the mean alone has none, on towards means that have.</summary>
    private void Retreat(GlmState state, Family family)
    {
        if (!intercept)
        {
            IsFound = true;
            return;
        }

        if (step == 0)
        {
            Intercept += Intercept + family.Predictor(state.Outcome / state.Weights);
            return;
        }

        step /= 2;
        Intercept -= step;
    }
}
