using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.TaskTypes.Analysis.Dictionaries;
using Vantage.NodeAgent.TaskTypes.Analysis.Sessions;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

internal static class AnalysisComposition
{
    /// <summary>Tasks of type analysis. Needs a policy, sources and a runtime.</summary>
    public static IServiceCollection AddAnalysis(this IServiceCollection services, AnalysisSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<AnalysisPermission>()
        .AddSingleton<DataPreparation>()
        .AddSingleton<SessionWork>()
        .AddSingleton<DictionaryWork>()
        .AddSingleton<WarmStart>()
        .AddSingleton<WarmAnalysis>()
        .AddSingleton<IRunExecutor, AnalysisExecutor>();
}
