namespace Federation.Tests.Links;

/// <summary>What a link does to bytes that pass while it lasts.</summary>
/// <param name="Delay">Each piece comes this much later.</param>
/// <param name="BytesPerSecond">Trickles at this rate, a few bytes at a time.</param>
/// <param name="Swallows">
/// Takes them and says nothing: to both ends the connection looks whole. One that has lost bytes never comes back.
/// </param>
internal sealed record Weather(TimeSpan Delay = default, int? BytesPerSecond = null, bool Swallows = false)
{
    public static Weather Fair { get; } = new();

    /// <summary>How much is passed on at once.</summary>
    public int Piece => BytesPerSecond is { } rate ? Math.Max(1, rate / 50) : 64 * 1024;

    public TimeSpan PauseAfter(int bytes) => Delay + (BytesPerSecond is { } rate ? TimeSpan.FromSeconds((double)bytes / rate) : TimeSpan.Zero);
}
