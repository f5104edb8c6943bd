namespace Vantage.Tests.Coordinator.Tasks.Store;

/// <summary>A clock that stands still until it is pushed.</summary>
internal sealed class PushedClock : TimeProvider
{
    private DateTimeOffset now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Push(TimeSpan time) => now += time;

    public override DateTimeOffset GetUtcNow() => now;
}
