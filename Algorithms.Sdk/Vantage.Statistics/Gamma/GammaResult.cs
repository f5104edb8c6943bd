using System.Diagnostics.CodeAnalysis;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Gamma;

/// <summary>A Gamma model over the rows of all sites: what R's <c>glm(family = Gamma)</c> answers for the pooled data. The
/// dispersion is Pearson's, and statistics are held against Student's distribution, as <c>summary.glm</c> does.</summary>
public sealed record GammaResult : RegressionResult
{
    /// <summary>Of its members.</summary>
    public GammaResult()
    {
    }

    [SetsRequiredMembers]
    internal GammaResult(RegressionResult fit)
        : base(fit)
    {
    }
}
