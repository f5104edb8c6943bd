namespace Vantage.Coordinator.Persistence.Embedded;

/// <summary>
/// Brings the embedded server back when it dies under a living Coordinator: killed by hand, or by a kernel short of memory.
/// What it had acknowledged is on its disk; what was on its way fails, and is tried again by whoever asked.
/// </summary>
internal sealed partial class PostgresGuard : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource stopping = new();
    private readonly EmbeddedPostgres server;
    private readonly ILogger log;
    private readonly Task loop;

    public PostgresGuard(EmbeddedPostgres server, ILogger log)
    {
        (this.server, this.log) = (server, log);
        loop = Task.Run(LoopAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        var failing = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                if (!server.IsRunning)
                {
                    failing = !await TryReviveAsync(failing);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The Coordinator ends.
        }
    }

    private async Task<bool> TryReviveAsync(bool failedBefore)
    {
        if (!failedBefore)
        {
            Died(log);
        }

        try
        {
            await server.StartAsync(stopping.Token);
            Revived(log);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Its last processes may still be ending. Each further try says the same, so it is told once.
            if (!failedBefore)
            {
                Failed(log, e.Message);
            }

            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The embedded PostgreSQL died; starting it again. Nothing that was acknowledged is lost")]
    private static partial void Died(ILogger log);

    [LoggerMessage(LogLevel.Warning, "The embedded PostgreSQL runs again")]
    private static partial void Revived(ILogger log);

    [LoggerMessage(LogLevel.Error, "The embedded PostgreSQL could not be started again yet, trying on: {Why}")]
    private static partial void Failed(ILogger log, string why);
}
