using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Logistic;

/// <summary>What one site returns in a round. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Complete rows.</param>
/// <param name="Used">Those whose weight is not 0.</param>
/// <param name="Information">
/// The upper triangle, row by row, of X'WX with W = w·μ·(1 − μ) at the coefficients of the round.
/// </param>
/// <param name="Score">X'w(y − μ); at the start X'Wz with the working response z, as in R's first step.</param>
/// <param name="Sums">See <see cref="LogisticSums"/>.</param>
/// <param name="Wrong">Rows that the linear predictor puts on the wrong side of zero, or on it.</param>
/// <param name="Along">Rows that the last step moved to their own side, by more than a tenth.</param>
/// <param name="Against">Rows that it moved to the other.</param>
public sealed record LogisticPartial(
    long Rows,
    long Used,
    ExactSums Information,
    ExactSums Score,
    ExactSums Sums,
    long Wrong,
    long Along,
    long Against);

/// <summary>The places of a partial's single sums.</summary>
internal static class LogisticSums
{
    /// <summary>−2 Σ w·log P(y).</summary>
    public const int Deviance = 0;

    /// <summary>Σ round(w)·log P(y): R counts weights as numbers of trials.</summary>
    public const int LogLikelihood = 1;

    /// <summary>Σ w.</summary>
    public const int Weights = 2;

    /// <summary>Σ w·y.</summary>
    public const int Successes = 3;

    /// <summary>The deviance, score and information of the model without columns.</summary>
    public const int NullDeviance = 4;
    public const int NullScore = 5;
    public const int NullInformation = 6;

    public const int Count = 7;
}
