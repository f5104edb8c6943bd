namespace Vantage.Algorithms.Federations;

/// <summary>What a site answered.</summary>
public sealed record SiteValue<T>(string Site, T Value);

/// <summary>Takes the answers of several sites together.</summary>
public static class SiteResults
{
    /// <summary>
    /// The values of all sites. A statistic over fewer sites than asked for answers another question, so leaving out
    /// those that failed is for a program to choose, and to say in its result.
    /// </summary>
    /// <exception cref="SitesFailedException">At least one site has no value.</exception>
    public static IReadOnlyList<SiteValue<T>> All<T>(this IReadOnlyList<SiteResult<T>> results)
    {
        var values = results.OfType<SiteResult<T>.Succeeded>().Select(s => new SiteValue<T>(s.Site, s.Value)).ToList();
        return values.Count == results.Count
            ? values
            : throw new SitesFailedException(
                results.Where(r => r.Why is not null).Select(r => $"{r.Site} {r.Why}").ToList(), results.Count);
    }
}

/// <summary>Sites have no value where the program needs that of all.</summary>
public sealed class SitesFailedException(IReadOnlyList<string> reasons, int asked)
    : Exception($"{reasons.Count} of {asked} sites gave no result: " + string.Join(" | ", reasons))
{
    /// <summary>One sentence per site without value, its name first.</summary>
    public IReadOnlyList<string> Reasons { get; } = reasons;
}
