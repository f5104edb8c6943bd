using Vantage.Algorithms;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Summaries;

namespace Vantage.Statistics;

/// <summary>The algorithms that ship with every node.</summary>
public static class StandardLibrary
{
    /// <summary><c>summary</c>, <c>linear</c>, <c>logistic</c> and <c>crosstab</c>, each with what it asks of sites and its central program.</summary>
    public static AlgorithmSet Algorithms { get; } =
        new(Summary.Algorithm, LinearModel.Algorithm, LogisticModel.Algorithm, Crosstab.Algorithm);
}
