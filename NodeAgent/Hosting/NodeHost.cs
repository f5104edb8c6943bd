using Microsoft.Extensions.Logging.Console;
using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Audit;
using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Data;
using Vantage.NodeAgent.Data.Sessions;
using Vantage.NodeAgent.Disclosure.Memory;
using Vantage.NodeAgent.Images;
using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.LocalConsole;
using Vantage.NodeAgent.Policy;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Subtasks;
using Vantage.NodeAgent.TaskTypes.Analysis;
using Vantage.NodeAgent.Trust;

namespace Vantage.NodeAgent.Hosting;

/// <summary>All that was read and opened before the node begins.</summary>
internal sealed record NodeSetting(NodeHome Home, NodeSettings Settings, NodeIdentity Identity, NodeKeys Keys, RunJournal Journal, TrailStore Trail, AnswerMemory Memory);

/// <summary>Puts the node together: a table of contents of its capabilities.</summary>
internal static class NodeHost
{
    /// <summary>Executors wait for what they run to stop; the host waits for them.</summary>
    private static readonly TimeSpan ShutdownTimeout = IRunExecutor.StopDeadline + TimeSpan.FromSeconds(15);

    public static IHost Build(NodeSetting setting, LogLevel level, Action<IServiceCollection>? replace = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(level)
            .AddFilter("Microsoft", level < LogLevel.Information ? level : LogLevel.Warning)
            .AddSimpleConsole(options =>
            {
                options.SingleLine = true;
                options.UseUtcTimestamp = true;
                options.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
                options.ColorBehavior = LoggerColorBehavior.Disabled;
            });
        // Standard output is for answers; see RunVerb.
        builder.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services
            .AddSingleton(setting.Home)
            .AddSingleton(setting.Settings)
            .AddSingleton(TimeProvider.System)
            .AddSingleton<NodeFate>()
            .AddTrust(setting.Identity, setting.Keys)
            .AddAudit(setting.Trail)
            .AddLink()
            .AddPolicy(setting.Home.Policy, setting.Settings.Coordinator)
            .AddSingleton(setting.Memory)
            .AddData(setting.Settings.Sources, setting.Identity.Name)
            .AddSessions()
            .AddImages(setting.Settings)
            .AddRuntimes(setting.Settings, setting.Identity)
            .AddSubtasks()
            .AddAnalysis(new AnalysisSettings(setting.Identity.Name))
            .AddRuns(setting.Journal)
            .AddApprovals()
            .AddLocalConsole();
        replace?.Invoke(builder.Services);
        return builder.Build();
    }
}
