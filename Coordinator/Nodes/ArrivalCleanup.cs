using Npgsql;
using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Nodes;

/// <summary>Forgets sessions and used challenges that have ended by themselves. Two replicas doing it do no harm.</summary>
internal sealed partial class ArrivalCleanup(Database database, TimeProvider time, ILogger<ArrivalCleanup> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    internal async Task StepAsync(CancellationToken cancellationToken)
    {
        // A challenge is kept a while longer than it is good for, so that clocks may differ.
        await using var batch = database.Leader.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("DELETE FROM used_challenge WHERE expires_at < now() - interval '1 hour'"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("DELETE FROM node_session WHERE expires_at < now()"));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await StepAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, e);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Ended sessions could not be removed; trying again in five minutes")]
    private static partial void Failed(ILogger log, Exception e);
}
