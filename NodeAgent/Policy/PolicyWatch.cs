namespace Vantage.NodeAgent.Policy;

/// <summary>
/// Looks at the policy file now and then, so that its writer reads in the log at once what became of a change. Decisions
/// do not depend on it.
/// </summary>
internal sealed class PolicyWatch(PolicyBook book, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            book.Current();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
