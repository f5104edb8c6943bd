using Vantage.Algorithms;
using Vantage.Algorithms.Dictionaries;
using Vantage.Algorithms.Sessions;
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
    /// <summary>Each with what it asks of sites and its central program.</summary>
    public static AlgorithmSet Algorithms { get; } = new(
        Summary.Algorithm,
        SessionAlgorithm.Algorithm,
        DictionaryAlgorithm.Algorithm,
        Histogram.Algorithm,
        Quantile.Algorithm,
        Crosstab.Algorithm,
        TTest.Algorithm,
        Anova.Algorithm,
        Correlation.Algorithm,
        LinearModel.Algorithm,
        LogisticModel.Algorithm,
        PoissonModel.Algorithm,
        NegativeBinomialModel.Algorithm,
        GammaModel.Algorithm,
        RidgeModel.Algorithm,
        MetaModel.Algorithm,
        FedAvgModel.Algorithm,
        KaplanMeierCurves.Algorithm,
        LogRankTest.Algorithm,
        CoxModel.Algorithm,
        Pca.Algorithm,
        KMeans.Algorithm,
        RocAnalysis.Algorithm);
}
