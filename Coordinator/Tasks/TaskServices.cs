using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks.Commits;
using Vantage.Coordinator.Tasks.Reading;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.Tasks.Store.Postgres;
using Vantage.Coordinator.Tasks.Submission;
using Vantage.Coordinator.Tasks.Sweeping;
using Vantage.Coordinator.TaskTypes;

namespace Vantage.Coordinator.Tasks;

internal static class TaskServices
{
    public static IServiceCollection AddTasks(this IServiceCollection services, TaskSettings settings) => services
        .AddSingleton(settings)
        .AddSingleton<IRunStore>(provider => new PostgresRunStore(provider.GetRequiredService<Database>(), settings.Lease))
        .AddSingleton<CircleReader>()
        .AddSingleton<InputCheck>()
        .AddSingleton<SubtaskJudge>()
        .AddSingleton<SubmissionHandler>()
        .AddSingleton<TaskReader>()
        .AddSingleton<TaskPatience>()
        .AddSingleton<RunReader>()
        .AddSingleton<CancelHandler>()
        .AddSingleton<RunFactsReader>()
        .AddSingleton<ICommits, CommitHandler>()
        .AddHostedService<Sweeper>()
        .AddTaskTypes();
}
