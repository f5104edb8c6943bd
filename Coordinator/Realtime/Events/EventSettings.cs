namespace Vantage.Coordinator.Realtime.Events;

/// <summary>The pace of event streams; not for operators.</summary>
internal sealed record EventSettings
{
    /// <summary>Silence is broken this often, so that no proxy takes a quiet stream for a dead one.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a watcher looks without having been woken.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How soon it looks again when something is committed behind a transaction that still runs.</summary>
    public TimeSpan BehindCommit { get; init; } = TimeSpan.FromMilliseconds(25);
}
