using System.Diagnostics.CodeAnalysis;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Poisson;

/// <summary>A Poisson model over the rows of all sites: what R's <c>glm(family = poisson)</c> answers for the pooled data.</summary>
public sealed record PoissonResult : RegressionResult
{
    /// <summary>Of its members.</summary>
    public PoissonResult()
    {
    }

    [SetsRequiredMembers]
    internal PoissonResult(RegressionResult fit)
        : base(fit)
    {
    }
}
