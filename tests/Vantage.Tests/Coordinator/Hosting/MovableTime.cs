namespace Vantage.Tests.Coordinator.Hosting;

/// <summary>The system's clock, some way ahead. Timers run as usual.</summary>
internal sealed class MovableTime : TimeProvider
{
    private long ahead;

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref ahead));
}
