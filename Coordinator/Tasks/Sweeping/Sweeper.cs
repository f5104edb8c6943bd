using Vantage.Coordinator.Realtime.Waking;
using Vantage.Coordinator.Tasks.Store;

namespace Vantage.Coordinator.Tasks.Sweeping;

/// <summary>Looks at the clock for everybody: expiry, and leases that lapsed. Missing a look only delays.</summary>
internal sealed partial class Sweeper(
    IRunStore store, IWakeups wakeups, TaskSettings settings, TimeProvider time, ILogger<Sweeper> log) : BackgroundService
{
    internal async Task StepAsync(CancellationToken cancellationToken)
    {
        Swept swept;
        do
        {
            swept = await store.SweepAsync(cancellationToken);
            if (swept.Expired + swept.Lost + swept.OfferedAgain > 0)
                Failpoint.Pass("sweep.stored");
            wakeups.Stop(swept.Stop);
            wakeups.NodesMayClaim(swept.Offered);
            wakeups.Changed(swept.Moved);
            if (swept.Expired + swept.Lost + swept.OfferedAgain + swept.Orphaned > 0)
            {
                Did(log, swept.Expired, swept.Lost, swept.OfferedAgain, swept.Orphaned);
            }
        }
        while (swept.More);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.SweepEvery, time);
        var failing = false;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await StepAsync(stoppingToken);
                if (failing)
                {
                    Recovered(log);
                }

                failing = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!failing)
                {
                    Failed(log, e);
                }

                failing = true;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Swept runs: {Expired} expired, {Lost} lost with their nodes, {OfferedAgain} offered again, "
        + "{Orphaned} cancelled with their parents")]
    private static partial void Did(ILogger log, int expired, int lost, int offeredAgain, int orphaned);

    [LoggerMessage(LogLevel.Warning, "Runs could not be swept; trying again")]
    private static partial void Failed(ILogger log, Exception e);

    [LoggerMessage(LogLevel.Information, "Runs are swept again")]
    private static partial void Recovered(ILogger log);
}
