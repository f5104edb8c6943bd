using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Logistic;

/// <summary>A logistic model over the rows of all sites: what R's <c>glm(family = binomial)</c> answers for the pooled data.</summary>
public sealed record LogisticResult : RegressionResult;
