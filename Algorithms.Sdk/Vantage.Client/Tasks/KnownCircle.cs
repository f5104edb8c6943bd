using Vantage.Protocol.Api;

namespace Vantage.Client.Tasks;

/// <summary>A collaboration as the Coordinator showed it, for as long as that may count.</summary>
internal sealed class KnownCircle(TimeProvider time)
{
    /// <summary>A node that went away, or an organization that left, is found out by then.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    private Seen? known;

    public Collaboration? Current => known is { } seen && time.GetElapsedTime(seen.At) < Life ? seen.Shown : null;

    public void Keep(Collaboration shown, long askedAt) => known = new Seen(shown, askedAt);

    private sealed record Seen(Collaboration Shown, long At);
}
