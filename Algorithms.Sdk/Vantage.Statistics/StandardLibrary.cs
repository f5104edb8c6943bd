using Vantage.Algorithms;
using Vantage.Algorithms.Dictionaries;
using Vantage.Algorithms.Sessions;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Sessions;
using Vantage.Statistics.Anovas;
using Vantage.Statistics.Correlations;
using Vantage.Statistics.Clusters;
using Vantage.Statistics.Cox;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.FedAvg;
using Vantage.Statistics.Gamma;
using Vantage.Statistics.Histograms;
using Vantage.Statistics.KaplanMeier;
using Vantage.Statistics.Linear;
using Vantage.Statistics.LogRank;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Meta;
using Vantage.Statistics.NegativeBinomial;
using Vantage.Statistics.Poisson;
using Vantage.Statistics.PrincipalComponents;
using Vantage.Statistics.Quantiles;
using Vantage.Statistics.Ridge;
using Vantage.Statistics.Roc;
using Vantage.Statistics.Summaries;
using Vantage.Statistics.TTests;

namespace Vantage.Statistics;

/// <summary>The algorithms that ship with every node.</summary>
public static class StandardLibrary
{
    /// <summary>Each with what it asks of sites and its central program, put together when it is first wanted.</summary>
    public static AlgorithmSet Algorithms { get; } = new(
        new("summary", () => Summary.Algorithm),
        new(SessionFunctions.Algorithm, () => SessionAlgorithm.Algorithm),
        new(DictionaryFunctions.Algorithm, () => DictionaryAlgorithm.Algorithm),
        new("histogram", () => Histogram.Algorithm),
        new("quantiles", () => Quantile.Algorithm),
        new("crosstab", () => Crosstab.Algorithm),
        new("ttest", () => TTest.Algorithm),
        new("anova", () => Anova.Algorithm),
        new("correlation", () => Correlation.Algorithm),
        new("linear", () => LinearModel.Algorithm),
        new("logistic", () => LogisticModel.Algorithm),
        new("poisson", () => PoissonModel.Algorithm),
        new("negbin", () => NegativeBinomialModel.Algorithm),
        new("gamma", () => GammaModel.Algorithm),
        new("ridge", () => RidgeModel.Algorithm),
        new("meta", () => MetaModel.Algorithm),
        new("fedavg", () => FedAvgModel.Algorithm),
        new("kaplan-meier", () => KaplanMeierCurves.Algorithm),
        new("logrank", () => LogRankTest.Algorithm),
        new("cox", () => CoxModel.Algorithm),
        new("pca", () => Pca.Algorithm),
        new("kmeans", () => KMeans.Algorithm),
        new("roc", () => RocAnalysis.Algorithm));
}
