namespace Vantage.Client.Asking;

/// <summary>Over whose rows a statistic is.</summary>
/// <param name="Asked">The names of all sites that were asked.</param>
/// <param name="Answered">Those whose rows are in the statistic, or would be if there were one.</param>
/// <param name="Missing">Those that gave nothing, and why.</param>
/// <param name="NotAsked">Members of the collaboration that could not be asked at all.</param>
/// <param name="Holds">
/// Whether there is a statistic that answers what was asked: over all sites, or over fewer if the asker had said
/// beforehand that this is welcome.
/// </param>
/// <param name="Note">The same as one sentence for a person.</param>
public sealed record SitesReport(IReadOnlyList<string> Asked, IReadOnlyList<string> Answered,
    IReadOnlyList<MissingSite> Missing, IReadOnlyList<UnaskedSite> NotAsked, bool Holds, string Note)
{
    internal static SitesReport Of(IReadOnlyList<string> asked, IReadOnlyList<MissingSite> missing,
        IReadOnlyList<UnaskedSite> notAsked, bool hasResult, bool acceptedBeforehand)
    {
        var answered = asked.Except(missing.Select(m => m.Site)).ToList();
        return new SitesReport(asked, answered, missing, notAsked,
            hasResult && (missing.Count == 0 || acceptedBeforehand),
            SitesNote.Of(asked, answered, missing, notAsked, hasResult, acceptedBeforehand));
    }
}

/// <summary>A site that was asked and gave nothing.</summary>
/// <param name="Site">Its name.</param>
/// <param name="Code">Stable: the code that its run ended with.</param>
/// <param name="Why">What the site says of it, sealed for the asker: which rule, which line of which file.</param>
public sealed record MissingSite(string Site, string Code, string Why);

/// <summary>A member of the collaboration that could not be asked.</summary>
/// <param name="Site">Its name.</param>
/// <param name="Why">For a person.</param>
public sealed record UnaskedSite(string Site, string Why);
