namespace Vantage.Tests.Simulation.Time;

/// <summary>A process's view of time: a wall clock that is wrong by a skew, and a monotonic one that drifts a little.</summary>
internal sealed class ProcessClock(Scheduler scheduler, Incarnation process, Func<TimeSpan> skew, double drift = 0, bool isSettable = false) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => scheduler.Now + skew();

    public override long GetTimestamp() => scheduler.Ticks + (long)(scheduler.Ticks * drift) + (isSettable ? skew().Ticks : 0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Incarnation process, TimerCallback callback, object? state) : ITimer
    {
        private int version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var planned = ++version;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                process.After(dueTime, () =>
                {
                    if (planned == version)
                    {
                        callback(state);
                    }
                });
            }

            return true;
        }

        public void Dispose() => version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
