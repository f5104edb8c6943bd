using Vantage.Protocol.Algorithms;

namespace Vantage.Algorithms.Federations;

/// <summary>How one site's run ended, seen by who asked.</summary>
public abstract record SiteResult<T>
{
    private SiteResult(string site) => Site = site;

    /// <summary>The organization's name, as in <see cref="IFederation.Sites"/>.</summary>
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

    /// <summary>The function answered, and the node's receipt was verified.</summary>
    /// <param name="Site">The organization's name.</param>
    /// <param name="Value">What it answered.</param>
    public sealed record Succeeded(string Site, T Value) : SiteResult<T>(Site);

    /// <summary>The function, its arguments or its data are wrong.</summary>
    public sealed record Failed(string Site, RunFailure Failure) : SiteResult<T>(Site);

    /// <summary>The site does not allow it.</summary>
    public sealed record Refused(string Site, string Rule, string Message) : SiteResult<T>(Site);

    /// <summary>Somebody who may cancelled the task.</summary>
    /// <param name="Site">The organization's name.</param>
    public sealed record Cancelled(string Site) : SiteResult<T>(Site);

    /// <summary>The task's time was over before the run had ended.</summary>
    /// <param name="Site">The organization's name.</param>
    public sealed record Expired(string Site) : SiteResult<T>(Site);

    /// <summary>The node went silent, and the task says not to wait for it.</summary>
    /// <param name="Site">The organization's name.</param>
    public sealed record Lost(string Site) : SiteResult<T>(Site);
}
