using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Federations;

/// <summary>How one site's run ended, seen by who asked.</summary>
public abstract record SiteResult<T>
{
    private SiteResult(string site) => Site = site;

    public string Site { get; }

    /// <summary>Why there is no value, as one sentence; null when there is one.</summary>
    public string? Why => this switch
    {
        Succeeded => null,
        Failed f => $"failed ({f.Failure.Code}): {f.Failure.Message}",
        Refused r => $"refused by its rule '{r.Rule}': {r.Message}",
        Cancelled => "was cancelled.",
        Expired => "did not end in the time that the task allows.",
        Lost => "was lost: its node went away and the task says not to wait.",
        _ => throw new InvalidOperationException("The hierarchy is closed."),
    };

    public sealed record Succeeded(string Site, T Value) : SiteResult<T>(Site);

    /// <summary>The function, its arguments or its data are wrong.</summary>
    public sealed record Failed(string Site, RunFailure Failure) : SiteResult<T>(Site);

    /// <summary>The site does not allow it.</summary>
    public sealed record Refused(string Site, string Rule, string Message) : SiteResult<T>(Site);

    public sealed record Cancelled(string Site) : SiteResult<T>(Site);

    public sealed record Expired(string Site) : SiteResult<T>(Site);

    public sealed record Lost(string Site) : SiteResult<T>(Site);
}
