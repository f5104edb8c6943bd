namespace Vantage.Tests.NodeAgent.Doubles;

/// <summary>
/// A clock whose date is the test's to set, while timers and timestamps are real: so that waits end by themselves, and
/// days can pass at once.
/// </summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly long began = System.GetTimestamp();
    private long extraTicks;

    public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(began) + TimeSpan.FromTicks(Interlocked.Read(ref extraTicks));

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() =>
        System.GetTimestamp() + (long)(TimeSpan.FromTicks(Interlocked.Read(ref extraTicks)).TotalSeconds * System.TimestampFrequency);

    public void Advance(TimeSpan by) => Interlocked.Add(ref extraTicks, by.Ticks);
}
