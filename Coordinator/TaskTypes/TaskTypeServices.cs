using Vantage.Coordinator.TaskTypes.Analysis;

namespace Vantage.Coordinator.TaskTypes;

internal static class TaskTypeServices
{
    public static IServiceCollection AddTaskTypes(this IServiceCollection services) => services
        .AddSingleton<ITaskType, AnalysisTaskType>()
        .AddSingleton<TaskTypeCatalogue>();
}
