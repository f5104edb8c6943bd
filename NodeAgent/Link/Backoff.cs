namespace Vantage.NodeAgent.Link;

/// <summary>
/// How long to wait before the next try: full jitter, so that a thousand nodes that lost the same Coordinator do not come
/// back in the same second. Pure: randomness comes in.
/// </summary>
/// <param name="First">The longest first wait; each further one may be twice as long.</param>
/// <param name="Longest">What it never exceeds.</param>
internal sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>For what usually passes by itself.</summary>
    public static Backoff Transient { get; } = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30));

    /// <summary>For what waits for a person.</summary>
    public static Backoff Slow { get; } = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60));

    /// <param name="failures">How often in a row it has failed: 1 after the first.</param>
    /// <param name="random">Uniform in [0, 1).</param>
    public TimeSpan Delay(int failures, double random)
    {
        var doublings = Math.Clamp(failures - 1, 0, 30);
        var ceiling = Math.Min(First.TotalSeconds * Math.Pow(2, doublings), Longest.TotalSeconds);
        return TimeSpan.FromSeconds(ceiling * random);
    }
}
