namespace Vantage.Tests.Client;

/// <summary>A clock that shows one instant, whatever the machine's says. Timers run as ever.</summary>
internal sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
