using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Tasks;
using Vantage.Coordinator.Tasks.Store.Postgres;

namespace Vantage.Coordinator.Realtime.Events;

/// <summary>Removes old events, from the oldest on, and notes how far it came: whoever resumes before that is told to resync.</summary>
internal sealed partial class EventRetention(Database database, TaskSettings settings, TimeProvider time, ILogger<EventRetention> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private const int Most = 5000;

    // The oldest events that are too old, up to the first that is not: what remains is always a tail without holes.
    private const string Remove =
        """
        WITH led AS (SELECT pg_try_advisory_xact_lock(hashtext('vantage event retention')) AS ok),
        oldest AS (
            SELECT e.xid, e.id, e.at, bool_or(e.at >= now() - $1) OVER (ORDER BY e.xid, e.id) AS kept
            FROM (SELECT xid, id, at FROM task_event ORDER BY xid, id LIMIT $2) e),
        gone AS (
            DELETE FROM task_event e USING oldest o, led
            WHERE led.ok AND NOT o.kept AND e.xid = o.xid AND e.id = o.id RETURNING e.xid, e.id),
        last AS (SELECT xid, id FROM gone ORDER BY xid DESC, id DESC LIMIT 1)
        UPDATE task_event_horizon h SET xid = last.xid, id = last.id FROM last WHERE (last.xid, last.id) > (h.xid, h.id)
        """;

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

    internal async Task StepAsync(CancellationToken cancellationToken)
    {
        await using var command = database.Leader.CreateCommand(Remove);
        command.Parameters.Add(Sql.Interval(settings.EventRetention));
        command.Parameters.Add(Sql.Int(Most));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Old events could not be removed; trying again in a minute")]
    private static partial void Failed(ILogger log, Exception e);
}
