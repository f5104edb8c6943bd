using Vantage.NodeAgent.Runs;

namespace Vantage.NodeAgent.TaskTypes.Analysis;

internal static class AnalysisComposition
{
    /// <summary>Tasks of type analysis. Needs a policy, sources and a runtime.</summary>
    public static IServiceCollection AddAnalysis(this IServiceCollection services, AnalysisSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<AnalysisPermission>()
        .AddSingleton<DataPreparation>()
        .AddSingleton<WarmStart>()
        .AddSingleton<WarmAnalysis>()
        .AddSingleton<IRunExecutor, AnalysisExecutor>();
}
