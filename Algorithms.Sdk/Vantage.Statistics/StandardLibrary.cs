using Vantage.Algorithms;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.Gamma;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Poisson;
using Vantage.Statistics.Summaries;

namespace Vantage.Statistics;

/// <summary>The algorithms that ship with every node.</summary>
public static class StandardLibrary
{
    /// <summary>Each with what it asks of sites and its central program.</summary>
    public static AlgorithmSet Algorithms { get; } =
        new(
            Summary.Algorithm,
            LinearModel.Algorithm,
            LogisticModel.Algorithm,
            PoissonModel.Algorithm,
            GammaModel.Algorithm,
            Crosstab.Algorithm);
}
