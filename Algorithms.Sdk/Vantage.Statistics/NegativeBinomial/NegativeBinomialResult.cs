using System.Diagnostics.CodeAnalysis;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.NegativeBinomial;

/// <summary>A negative binomial model over the rows of all sites: what <c>glm.nb</c> of R's package MASS answers for the pooled data.</summary>
public sealed record NegativeBinomialResult : RegressionResult
{
    /// <summary>Of its members.</summary>
    public NegativeBinomialResult()
    {
    }

    [SetsRequiredMembers]
    private NegativeBinomialResult(RegressionResult fit)
        : base(fit)
    {
    }

    /// <summary>
    /// θ: a count with mean μ has the variance μ + μ²/θ. Null where the counts vary no more than Poisson's: no finite θ is
    /// the likeliest then, and the coefficients are Poisson's.
    /// </summary>
    public required double? Theta { get; init; }

    /// <summary>
    /// By the observed information, as MASS tells it: at the last θ but one of its Newton steps, which is off by about 1e-6.
    /// </summary>
    public required double? ThetaStandardError { get; init; }

    /// <summary>Twice the log-likelihood.</summary>
    public required double? TwoLogLikelihood { get; init; }

    /// <param name="fit">The coefficients with all else that models have.</param>
    /// <param name="theta">Null where the Poisson model, at which its search begins, was not found.</param>
    internal static NegativeBinomialResult Of(RegressionResult fit, ThetaFound? theta)
    {
        var isFinite = theta is not null && double.IsFinite(theta.Value);
        return new(fit)
        {
            Theta = isFinite ? theta!.Value : null,
            ThetaStandardError = theta?.StandardError,
            TwoLogLikelihood = 2 * fit.LogLikelihood,
            Converged = fit.Converged && isFinite,
            Notes = isFinite || theta is null ? fit.Notes :
            [
                .. fit.Notes,
                "The counts vary no more than those of a Poisson model: no finite theta is the likeliest, and the coefficients are those"
                    + " of the Poisson model. Ask for 'poisson'.",
            ],
        };
    }
}
