namespace Vantage.Client.Connection;

/// <summary>How to reach a Coordinator.</summary>
public sealed record VantageClientOptions
{
    /// <summary>
    /// Where the Coordinator is, such as <c>https://vantage.example.org</c>. Plain http is accepted for loopback only:
    /// a token that crosses a network in clear is everyone's.
    /// </summary>
    public required Uri Url { get; init; }

    /// <summary>The API token; null for the few routes that need none.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// A PEM file with certificate authorities that are trusted besides the system's, for a Coordinator behind an
    /// institution's own.
    /// </summary>
    public string? CaFile { get; init; }

    /// <summary>
    /// Proxy such as <c>http://user:password@proxy:3128</c>. Null: what <c>HTTPS_PROXY</c>, <c>HTTP_PROXY</c> and
    /// <c>NO_PROXY</c> say.
    /// </summary>
    public Uri? Proxy { get; init; }

    /// <summary>
    /// How long one answer may take to begin. Downloads and event streams may then go on for as long as they need.
    /// </summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How long an answer that has begun may pause before its connection counts as broken. Coordinators send something
    /// at least every 15 seconds.
    /// </summary>
    public TimeSpan StallAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long a broken connection is tried again before the client gives up on a download, an upload or a watch.
    /// </summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Replaced in tests.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
