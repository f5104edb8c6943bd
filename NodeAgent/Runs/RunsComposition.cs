using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Runs.Deciding;
using Vantage.NodeAgent.Runs.Delivering;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runs.Working;

namespace Vantage.NodeAgent.Runs;

internal static class RunsComposition
{
    /// <summary>Runs from their claim to their sweep. Policy and executors come from their own capabilities.</summary>
    public static IServiceCollection AddRuns(this IServiceCollection services, RunJournal journal) => services
        .AddSingleton(journal)
        .AddSingleton(provider => LimitsOf(provider.GetRequiredService<NodeSettings>()))
        .AddSingleton<IVolume>(LocalVolume.Instance)
        .AddSingleton<RunFolders>()
        .AddSingleton<DiskGuard>()
        .AddSingleton<RunFloor>()
        .AddSingleton<RunDesk>()
        .AddSingleton<IRunDesk>(provider => provider.GetRequiredService<RunDesk>())
        .AddSingleton<RunJudge>()
        .AddSingleton<InputFetcher>()
        .AddSingleton<RunWorker>()
        .AddSingleton<ISealing, NodeSealing>()
        .AddSingleton<RunSealer>()
        .AddSingleton<Uploader>()
        .AddSingleton<CommitBuilder>()
        .AddSingleton<ICourier, Courier>()
        .AddSingleton<RunCrew.Means>()
        .AddSingleton<RunCrew>()
        .AddHostedService<RunSupervisor>();

    private static NodeLimits LimitsOf(NodeSettings settings) =>
        NodeLimits.For(settings.ParallelRuns, settings.ClockSkew, settings.KeepPastEnd);
}
