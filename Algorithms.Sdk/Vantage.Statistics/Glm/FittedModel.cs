using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Glm;

/// <summary>What all generalised linear models answer; each makes a result of its own of it.</summary>
internal sealed record FittedModel : RegressionResult;
