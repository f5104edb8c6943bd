namespace Vantage.Coordinator.Tasks;

/// <summary>How nodes and tasks are kept time with.</summary>
/// <remarks>Properties have setters, since generated JSON readers overwrite the defaults of <c>init</c> ones with zeros.</remarks>
internal sealed record TaskSettings
{
    /// <summary>How long a node counts as there after a heartbeat. Shorter notices a lost node sooner, and mistakes a slow one for lost.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often nodes send a heartbeat: at most a third of the lease, so that two may be lost.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often nodes send all that they hold.</summary>
    public TimeSpan Reconcile { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often expiry and lapsed leases are looked for.</summary>
    public TimeSpan SweepEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long events are kept for watchers that were away; those who missed more read their tasks afresh.</summary>
    public TimeSpan EventRetention { get; set; } = TimeSpan.FromDays(7);

    public IEnumerable<string> Check()
    {
        if (Lease < TimeSpan.FromSeconds(1) || Lease > TimeSpan.FromHours(1))
            yield return "tasks.lease: between 00:00:01 and 01:00:00.";
        if (Heartbeat < TimeSpan.FromMilliseconds(100) || Heartbeat * 3 > Lease)
            yield return "tasks.heartbeat: at least 00:00:00.1, and at most a third of tasks.lease.";
        if (Reconcile < Heartbeat)
            yield return "tasks.reconcile: not more often than tasks.heartbeat.";
        if (SweepEvery < TimeSpan.FromMilliseconds(50) || SweepEvery > Lease)
            yield return "tasks.sweepEvery: at least 00:00:00.05, and not longer than tasks.lease.";
        if (EventRetention < TimeSpan.FromMinutes(1))
            yield return "tasks.eventRetention: at least 00:01:00.";
    }
}
