using System.Diagnostics.CodeAnalysis;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Logistic;

/// <summary>A logistic model over the rows of all sites: what R's <c>glm(family = binomial)</c> answers for the pooled data.</summary>
public sealed record LogisticResult : RegressionResult
{
    /// <summary>Of its members.</summary>
    public LogisticResult()
    {
    }

    [SetsRequiredMembers]
    internal LogisticResult(RegressionResult fit)
        : base(fit)
    {
    }
}
