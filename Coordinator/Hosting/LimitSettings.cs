namespace Vantage.Coordinator.Hosting;

/// <summary>How much anybody may ask at once.</summary>
/// <remarks>Properties have setters, since generated JSON readers overwrite the defaults of <c>init</c> ones with zeros.</remarks>
internal sealed record LimitSettings
{
    /// <summary>Largest body of a request, in bytes; larger ones get 413. Upload parts have a limit of their own.</summary>
    public long BodyBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Requests a minute from one address on the routes that need no token (enrolment, sign-in).</summary>
    public int AnonymousPerMinute { get; set; } = 600;

    /// <summary>Attempts a minute from one address, and at one account, where a password or a short code is asked for.</summary>
    public int GuessesPerMinute { get; set; } = 30;

    /// <summary>Refused tokens a minute from one address, before even good ones have to wait.</summary>
    public int RefusedTokensPerMinute { get; set; } = 60;

    /// <summary>Requests a second from one token, averaged over a few seconds.</summary>
    public int RequestsPerSecond { get; set; } = 2000;

    /// <summary>How long open requests may take to end when the Coordinator stops; after that they are cut.</summary>
    public TimeSpan StopWithin { get; set; } = TimeSpan.FromSeconds(15);

    public IEnumerable<string> Check()
    {
        if (BodyBytes is < 64 * 1024 or > 1024L * 1024 * 1024)
            yield return "limits.bodyBytes: between 65536 (64 KiB) and 1073741824 (1 GiB).";
        if (AnonymousPerMinute is < 1 or > 1_000_000)
            yield return "limits.anonymousPerMinute: between 1 and 1000000.";
        if (GuessesPerMinute is < 1 or > 1_000_000)
            yield return "limits.guessesPerMinute: between 1 and 1000000.";
        if (RefusedTokensPerMinute is < 1 or > 1_000_000)
            yield return "limits.refusedTokensPerMinute: between 1 and 1000000.";
        if (RequestsPerSecond is < 1 or > 1_000_000)
            yield return "limits.requestsPerSecond: between 1 and 1000000.";
        if (StopWithin < TimeSpan.Zero || StopWithin > TimeSpan.FromMinutes(10))
            yield return "limits.stopWithin: between 00:00:00 and 00:10:00.";
    }
}
