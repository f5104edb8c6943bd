using Vantage.Statistics.Distributions;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Linear;

/// <summary>How well a linear model fits, by its sums of squares.</summary>
/// <param name="rank">Estimated coefficients.</param>
/// <param name="used">Rows of positive weight.</param>
/// <param name="intercept">Whether the model has one.</param>
/// <param name="total">Of the outcome, about its mean if there is an intercept.</param>
/// <param name="explained">Of the fitted values.</param>
/// <param name="rest">Of the residuals.</param>
/// <param name="logWeights">Σ log w.</param>
internal sealed class LinearFit(
    int rank, long used, bool intercept, DoubleDouble total, DoubleDouble explained, DoubleDouble rest, double logWeights)
{
    /// <summary>Below this part of the outcome's sum of squares, residuals are what rounding left.</summary>
    private const double Nothing = 1e-30;

    private readonly int constant = intercept ? 1 : 0;

    public double Total => total.ToDouble();

    public double Residual { get; } = rest.ToDouble() <= Nothing * total.ToDouble() ? 0 : rest.ToDouble();

    public long Freedom => used - rank;

    public double? Variance => Freedom > 0 ? Residual / Freedom : null;

    public double? RSquared => rank == constant ? 0 : Explained + Residual > 0 ? Explained / (Explained + Residual) : null;

    public double? AdjustedRSquared =>
        RSquared is { } r && Freedom > 0 ? 1 - ((1 - r) * ((used - constant) / (double)Freedom)) : null;

    public double? LogLikelihood =>
        Residual > 0 ? 0.5 * (logWeights - (used * (Math.Log(2 * Math.PI) + 1 - Math.Log(used) + Math.Log(Residual)))) : null;

    public double? Aic => LogLikelihood is { } l ? (-2 * l) + (2.0 * (rank + 1)) : null;

    public double? Bic => LogLikelihood is { } l ? (-2 * l) + (Math.Log(used) * (rank + 1)) : null;

    public FStatistic? F
    {
        get
        {
            var columns = rank - constant;
            if (columns <= 0 || Variance is not > 0)
                return null;
            var value = Explained / columns / Variance.Value;
            return new(value, columns, Freedom, Tails.Fisher(value, columns, Freedom));
        }
    }

    private double Explained => Math.Max(explained.ToDouble(), 0);
}
