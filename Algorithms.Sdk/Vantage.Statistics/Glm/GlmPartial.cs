using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Glm;

/// <summary>What one site returns in a round. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Complete rows.</param>
/// <param name="Used">Those whose weight is not 0.</param>
/// <param name="Information">
/// The upper triangle, row by row, of X'WX with W = w·(dμ/dη)²/V at the coefficients of the round.
/// </param>
/// <param name="Score">X'w(y − μ)(dμ/dη)/V; at the start X'Wz with the working response z, as in R's first step.</param>
/// <param name="Sums">See <see cref="GlmSums"/>.</param>
/// <param name="Extras">What the family needs besides.</param>
/// <param name="Wrong">Whether the linear predictor puts a row on the wrong side of zero, or on it; true where there are no sides.</param>
/// <param name="Along">Whether the last step moved a row towards the infinity that suits it, by more than a tenth.</param>
/// <param name="Against">Whether it moved one otherwise.</param>
/// <param name="Impossible">Whether the family has no mean for a row at the coefficients of the round; no sum holds such rows.</param>
/// <param name="Suppressed">What the site's rules forbid: then the sums are zero, and its rows take no part.</param>
public sealed record GlmPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Count)] long Used,
    [property: Discloses(DisclosureKind.Products)] ExactSums Information,
    [property: Discloses(DisclosureKind.Parameters)] ExactSums Score,
    [property: Discloses(DisclosureKind.Statistic, Items = GlmSums.Count)] ExactSums Sums,
    [property: Discloses(DisclosureKind.Statistic, Items = GlmSums.Count)] ExactSums Extras,
    [property: Discloses(DisclosureKind.Word)] bool Wrong,
    [property: Discloses(DisclosureKind.Word)] bool Along,
    [property: Discloses(DisclosureKind.Word)] bool Against,
    [property: Discloses(DisclosureKind.Word)] bool Impossible,
    [property: Discloses(DisclosureKind.Suppressed)] IReadOnlyList<Suppressed>? Suppressed = null) : IWithholding;

/// <summary>The places of a partial's single sums.</summary>
internal static class GlmSums
{
    /// <summary>Σ w·d, the unit deviances.</summary>
    public const int Deviance = 0;

    /// <summary>As the family counts it.</summary>
    public const int LogLikelihood = 1;

    /// <summary>Σ w.</summary>
    public const int Weights = 2;

    /// <summary>Σ w·y.</summary>
    public const int Outcome = 3;

    /// <summary>The deviance, score and information of the model without columns.</summary>
    public const int NullDeviance = 4;
    public const int NullScore = 5;
    public const int NullInformation = 6;

    /// <summary>Σ W·((y − μ)/(dμ/dη))², W at the coefficients before the last step, as R has it.</summary>
    public const int Pearson = 7;

    /// <summary>1 where some row has no mean in the model without columns, else 0.</summary>
    public const int NullImpossible = 8;

    public const int Count = 9;
}
