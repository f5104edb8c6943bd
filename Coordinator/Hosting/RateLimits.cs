using System.Net;
using System.Threading.RateLimiting;
using Vantage.Coordinator.Access;
using Vantage.Protocol.Errors;

namespace Vantage.Coordinator.Hosting;

/// <summary>
/// How often anybody may ask: by address where there is no token, by token where there is one, and by address again for
/// tokens that were refused, so that nobody tries them out in bulk. Buckets refill steadily and hold a burst.
/// </summary>
internal sealed class RateLimits(LimitSettings settings) : IDisposable
{
    private readonly PartitionedRateLimiter<string> anonymous = Buckets(settings.AnonymousPerMinute, TimeSpan.FromMinutes(1));
    private readonly PartitionedRateLimiter<string> guesses = Buckets(settings.GuessesPerMinute, TimeSpan.FromMinutes(1));
    private readonly PartitionedRateLimiter<string> refused = Buckets(settings.RefusedTokensPerMinute, TimeSpan.FromMinutes(1));
    private readonly PartitionedRateLimiter<string> callers = Buckets(settings.RequestsPerSecond * 5, TimeSpan.FromSeconds(5));

    /// <summary>Null lets through.</summary>
    public Refusal? Of(HttpContext context, RouteLimit limit) => Take(limit switch
    {
        RouteLimit.Guesses => guesses,
        _ => anonymous,
    }, Address(context));

    public Refusal? Of(Caller caller) => Take(callers, caller.Credential);

    /// <summary>By whose secret is guessed: changing address or token helps nobody.</summary>
    public Refusal? Of(Caller caller, RouteLimit limit) => limit == RouteLimit.Guesses ? Take(guesses, caller.Actor) : null;

    /// <summary>Asked before a token is looked at; <see cref="CountRefused"/> is what fills it.</summary>
    public Refusal? RefusedTokens(HttpContext context) =>
        refused.GetStatistics(Address(context)) is { CurrentAvailablePermits: 0 } ? TooMany : null;

    public void CountRefused(HttpContext context) => refused.AttemptAcquire(Address(context)).Dispose();

    public void Dispose()
    {
        anonymous.Dispose();
        guesses.Dispose();
        refused.Dispose();
        callers.Dispose();
    }

    private static Refusal TooMany { get; } = new(ErrorCodes.TooManyRequests,
        "Too many requests from this address or with this token. Wait a little; the Coordinator's admin can raise the limits.");

    private static Refusal? Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired ? null : TooMany;
    }

    private static PartitionedRateLimiter<string> Buckets(int permits, TimeSpan per) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = permits,
            TokensPerPeriod = Math.Max(1, permits / 20),
            ReplenishmentPeriod = per / Math.Min(20, permits),
            QueueLimit = 0,
        }));

    /// <summary>One household of IPv6 addresses counts as one: its owner has all of them.</summary>
    private static string Address(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, bytes.Length == 16 ? 8 : bytes.Length));
    }
}
