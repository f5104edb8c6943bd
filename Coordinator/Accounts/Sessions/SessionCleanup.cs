using Vantage.Coordinator.Persistence;

namespace Vantage.Coordinator.Accounts.Sessions;

/// <summary>Forgets sessions, one-time codes and failed attempts that are over. Two replicas doing it do no harm.</summary>
internal sealed partial class SessionCleanup(Database database, TimeProvider time, ILogger<SessionCleanup> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>So long after its end the answer is still "expired" rather than "unknown": it helps people.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    internal async Task StepAsync(CancellationToken cancellationToken)
    {
        foreach (var sql in new[]
        {
            "DELETE FROM account_session WHERE least(expires_at, last_used_at + idle) < $1",
            "DELETE FROM account_code WHERE expires_at < $1",
            "DELETE FROM sign_in_attempt WHERE last_at < $1 AND free_at < $1",
        })
        {
            await using var command = database.Leader.CreateCommand(sql);
            command.Parameters.Add(new() { Value = time.GetUtcNow() - Kept });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
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

    [LoggerMessage(LogLevel.Warning, "Ended sessions of people could not be removed; trying again in ten minutes")]
    private static partial void Failed(ILogger log, Exception e);
}
