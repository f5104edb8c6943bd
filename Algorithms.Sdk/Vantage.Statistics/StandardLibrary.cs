using Vantage.Algorithms;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Summaries;

namespace Vantage.Statistics;

/// <summary>The algorithms that ship with every node.</summary>
public static class StandardLibrary
{
    public static AlgorithmSet Algorithms { get; } =
        new(Summary.Algorithm, LinearModel.Algorithm, LogisticModel.Algorithm, Crosstab.Algorithm);
}
