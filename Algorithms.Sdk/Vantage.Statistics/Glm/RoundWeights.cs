using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Glm.Families;

namespace Vantage.Statistics.Glm;

/// <summary>
/// What rows weigh in the sums of a round. Who asks chooses the coefficients, the directions whose rows do not count any more, and the
/// offset: at some of them a sum over all rows is that of the oldest person alone.
/// </summary>
/// <param name="family">Of the model.</param>
/// <param name="isWatched">Whether anybody asks what they weigh.</param>
internal sealed class RoundWeights(Family family, bool isWatched)
{
    private EffectiveRows information;
    private EffectiveRows residuals;
    private EffectiveRows means;
    private EffectiveRows others;
    private EffectiveRows alone;
    private long counted;

    /// <param name="weight">The row's own.</param>
    /// <param name="eta">Its predictor.</param>
    /// <param name="residual">As it enters the score.</param>
    public void Add(double weight, double eta, double residual)
    {
        if (!isWatched)
            return;
        counted++;
        information.Add(weight * family.Information(eta));
        residuals.Add(weight * residual);
        if (!family.IsTwoSided)
            return;
        // Σ x·μ shows in the score, since Σ x·y is known: of a predictor as steep as a step it is the sum over one side.
        means.Add(weight * family.Residual(0, eta));
        others.Add(weight * family.Residual(1, eta));
    }

    /// <param name="weight">Of a row at the start of the search, where no coefficient is chosen.</param>
    public void AddStart(double weight)
    {
        if (!isWatched)
            return;
        counted++;
        information.Add(weight);
    }

    /// <param name="weight">In the information of the model without columns.</param>
    public void AddNull(double weight)
    {
        if (isWatched)
            alone.Add(weight);
    }

    /// <summary>Null, or which rule forbids sums with these weights.</summary>
    /// <param name="rules">The node's.</param>
    /// <param name="used">Rows that have a weight.</param>
    public string? Against(DisclosureRules rules, long used) => !isWatched ? null
        : !rules.MaySpeakOf(counted) || (used > counted && used - counted < rules.MinimumCell) ? SuppressionRules.MinimumCell
        : new[] { information, residuals, means, others, alone }.Any(rows => rows.AreTooFew(rules)) ? SuppressionRules.Dominance
        : null;
}
