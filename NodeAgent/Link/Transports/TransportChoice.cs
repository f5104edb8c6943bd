using System.Net;
using Vantage.NodeAgent.Hosting;

namespace Vantage.NodeAgent.Link.Transports;

internal enum TransportKind
{
    WebSocket,
    LongPoll,
}

/// <summary>
/// Which transport to try next. Pure: <see cref="After"/> gives the next memory. Where upgrades are refused, or WebSockets do
/// not last, the node polls, and looks every ten minutes whether WebSockets work by now.
/// </summary>
/// <param name="PollUntil">Until then a WebSocket is not tried.</param>
/// <param name="ShortLives">How many WebSockets in a row were cut soon after they stood.</param>
internal sealed record TransportChoice(TransportSetting Setting, DateTimeOffset PollUntil = default, int ShortLives = 0)
{
    public static readonly TimeSpan PollFor = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan ShortLife = TimeSpan.FromMinutes(1);
    private const int TooManyShortLives = 2;

    public TransportKind Next(DateTimeOffset now) => Setting switch
    {
        TransportSetting.WebSocket => TransportKind.WebSocket,
        TransportSetting.LongPoll => TransportKind.LongPoll,
        _ => now < PollUntil ? TransportKind.LongPoll : TransportKind.WebSocket,
    };

    /// <summary>A WebSocket did not come to stand; is it worth polling at once? Not for what polling would meet, too.</summary>
    public bool PollsAfter(Exception failure) => Setting == TransportSetting.Auto && failure switch
    {
        UpgradeRefusedException refused => refused.Status is not (HttpStatusCode.Unauthorized or HttpStatusCode.ProxyAuthenticationRequired),
        _ => true,
    };

    /// <summary>Polling worked where a WebSocket did not.</summary>
    public TransportChoice AfterFallback(DateTimeOffset now) => this with { PollUntil = now + PollFor, ShortLives = 0 };

    /// <summary>A link ended that had stood for so long.</summary>
    /// <param name="cut">Nobody said goodbye: something in between may have closed it.</param>
    public TransportChoice After(TransportKind kind, TimeSpan lived, bool cut, DateTimeOffset now)
    {
        if (kind != TransportKind.WebSocket || !cut || lived >= ShortLife)
        {
            return this with { ShortLives = 0 };
        }

        return ShortLives + 1 >= TooManyShortLives ? AfterFallback(now) : this with { ShortLives = ShortLives + 1 };
    }
}
