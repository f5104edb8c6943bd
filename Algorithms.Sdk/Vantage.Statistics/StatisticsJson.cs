using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Statistics.Anovas;
using Vantage.Statistics.Correlations;
using Vantage.Statistics.Clusters;
using Vantage.Statistics.Cox;
using Vantage.Statistics.Crosstabs;
using Vantage.Statistics.FedAvg;
using Vantage.Statistics.Gamma;
using Vantage.Statistics.Glm;
using Vantage.Statistics.Histograms;
using Vantage.Statistics.KaplanMeier;
using Vantage.Statistics.KaplanMeier.Grids;
using Vantage.Statistics.Linear;
using Vantage.Statistics.LogRank;
using Vantage.Statistics.Logistic;
using Vantage.Statistics.Meta;
using Vantage.Statistics.Models;
using Vantage.Statistics.NegativeBinomial;
using Vantage.Statistics.Poisson;
using Vantage.Statistics.PrincipalComponents;
using Vantage.Statistics.Products;
using Vantage.Statistics.Quantiles;
using Vantage.Statistics.Ranges;
using Vantage.Statistics.Ridge;
using Vantage.Statistics.Roc;
using Vantage.Statistics.Summaries;
using Vantage.Statistics.Survival;
using Vantage.Statistics.TTests;

namespace Vantage.Statistics;

/// <summary>The JSON of the library's arguments and results.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AnovaArguments))]
[JsonSerializable(typeof(AnovaResult))]
[JsonSerializable(typeof(ConcordancePartial))]
[JsonSerializable(typeof(CorrelationArguments))]
[JsonSerializable(typeof(CorrelationResult))]
[JsonSerializable(typeof(CountsArguments))]
[JsonSerializable(typeof(CountsPartial))]
[JsonSerializable(typeof(CoxArguments))]
[JsonSerializable(typeof(CoxPartial))]
[JsonSerializable(typeof(CoxResult))]
[JsonSerializable(typeof(CoxStep))]
[JsonSerializable(typeof(CoxTimesPartial))]
[JsonSerializable(typeof(CoxWithinPartial))]
[JsonSerializable(typeof(CoxWithinStep))]
[JsonSerializable(typeof(CrosstabArguments))]
[JsonSerializable(typeof(CrosstabResult))]
[JsonSerializable(typeof(FedAvgArguments))]
[JsonSerializable(typeof(FedAvgMoments))]
[JsonSerializable(typeof(FedAvgMomentsStep))]
[JsonSerializable(typeof(FedAvgPartial))]
[JsonSerializable(typeof(FedAvgResult))]
[JsonSerializable(typeof(FedAvgStep))]
[JsonSerializable(typeof(FrameArguments))]
[JsonSerializable(typeof(FramePartial))]
[JsonSerializable(typeof(GammaArguments))]
[JsonSerializable(typeof(GammaResult))]
[JsonSerializable(typeof(GlmPartial))]
[JsonSerializable(typeof(GlmStep))]
[JsonSerializable(typeof(GroupsPartial))]
[JsonSerializable(typeof(GroupsStep))]
[JsonSerializable(typeof(HistogramArguments))]
[JsonSerializable(typeof(HistogramPartial))]
[JsonSerializable(typeof(HistogramResult))]
[JsonSerializable(typeof(HistogramStep))]
[JsonSerializable(typeof(GridPartial))]
[JsonSerializable(typeof(GridStep))]
[JsonSerializable(typeof(KaplanMeierArguments))]
[JsonSerializable(typeof(KaplanMeierResult))]
[JsonSerializable(typeof(LevelsArguments))]
[JsonSerializable(typeof(LevelsPartial))]
[JsonSerializable(typeof(LinearArguments))]
[JsonSerializable(typeof(LinearPartial))]
[JsonSerializable(typeof(LinearResult))]
[JsonSerializable(typeof(LinearStep))]
[JsonSerializable(typeof(LogRankArguments))]
[JsonSerializable(typeof(LogRankResult))]
[JsonSerializable(typeof(LogisticArguments))]
[JsonSerializable(typeof(LogisticResult))]
[JsonSerializable(typeof(MetaArguments))]
[JsonSerializable(typeof(MetaPartial))]
[JsonSerializable(typeof(MetaResult))]
[JsonSerializable(typeof(MetaStep))]
[JsonSerializable(typeof(NegativeBinomialArguments))]
[JsonSerializable(typeof(NegativeBinomialResult))]
[JsonSerializable(typeof(PoissonArguments))]
[JsonSerializable(typeof(PoissonResult))]
[JsonSerializable(typeof(ProductsPartial))]
[JsonSerializable(typeof(ProductsStep))]
[JsonSerializable(typeof(QuantileArguments))]
[JsonSerializable(typeof(QuantilePartial))]
[JsonSerializable(typeof(QuantileStep))]
[JsonSerializable(typeof(QuantilesResult))]
[JsonSerializable(typeof(RangeArguments))]
[JsonSerializable(typeof(RangePartial))]
[JsonSerializable(typeof(RidgeArguments))]
[JsonSerializable(typeof(RidgeResult))]
[JsonSerializable(typeof(SummaryArguments))]
[JsonSerializable(typeof(SummaryPartial))]
[JsonSerializable(typeof(SummaryResult))]
[JsonSerializable(typeof(LogRankWithinPartial))]
[JsonSerializable(typeof(LogRankWithinStep))]
[JsonSerializable(typeof(SurvivalFrameArguments))]
[JsonSerializable(typeof(SurvivalFramePartial))]
[JsonSerializable(typeof(SurvivalStep))]
[JsonSerializable(typeof(TTestArguments))]
[JsonSerializable(typeof(TTestResult))]
[JsonSerializable(typeof(TimeCountsPartial))]
[JsonSerializable(typeof(ColumnProductsArguments))]
[JsonSerializable(typeof(ColumnProductsPartial))]
[JsonSerializable(typeof(KMeansArguments))]
[JsonSerializable(typeof(KMeansPartial))]
[JsonSerializable(typeof(KMeansResult))]
[JsonSerializable(typeof(KMeansStep))]
[JsonSerializable(typeof(PcaArguments))]
[JsonSerializable(typeof(PcaResult))]
[JsonSerializable(typeof(RocArguments))]
[JsonSerializable(typeof(RocPartial))]
[JsonSerializable(typeof(RocResult))]
[JsonSerializable(typeof(RocStep))]
public sealed partial class StatisticsJson : JsonSerializerContext;
