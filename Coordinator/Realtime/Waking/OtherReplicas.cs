namespace Vantage.Coordinator.Realtime.Waking;

/// <summary>
/// Whether anybody else might listen. Replicas announce themselves when they begin to and every few seconds after that; one
/// that was not heard of for long enough needs no notices. Whoever hears nothing itself has to suppose that others do.
/// </summary>
internal sealed class OtherReplicas(TimeProvider time)
{
    public static readonly TimeSpan AnnounceEvery = TimeSpan.FromSeconds(5);

    /// <summary>Three announcements may be lost or late.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(20);

    private long supposedUntil = long.MaxValue;

    public bool MayListen => time.GetUtcNow().UtcTicks < Volatile.Read(ref supposedUntil);

    /// <summary>From now on others would be heard; also: another one was.</summary>
    public void Heard() => Volatile.Write(ref supposedUntil, (time.GetUtcNow() + Remembered).UtcTicks);

    public void Deaf() => Volatile.Write(ref supposedUntil, long.MaxValue);
}
