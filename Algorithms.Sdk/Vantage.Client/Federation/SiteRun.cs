using Vantage.Algorithms.Federations;
using Vantage.Client.Asking;

namespace Vantage.Client.Federation;

/// <summary>What one site's run came to.</summary>
/// <param name="Result">As a central program sees it.</param>
/// <param name="Code">Stable; null when it succeeded.</param>
/// <param name="Receipt">Null where no node ended the run: cancelled, expired, lost.</param>
internal sealed record SiteRun<T>(SiteResult<T> Result, string? Code, SiteReceipt? Receipt)
{
    /// <summary>The same end of the same run, of another kind.</summary>
    public SiteRun<TOther> As<TOther>(SiteResult<TOther> result) => new(result, Code, Receipt);

    public MissingSite? Missing => Result.Why is { } why ? new MissingSite(Result.Site, Code!, why) : null;
}
