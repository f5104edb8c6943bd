namespace Vantage.Statistics.Models;

/// <summary>Counts that nodes round: they add up to what they are of only so far, and results say so.</summary>
internal static class Rounded
{
    /// <summary>How far a sum of so many counts may lie from a total that is rounded too.</summary>
    public static long Slack(int? rounding, long counts) => rounding is { } step ? (counts + 1) * (step / 2) : 0;

    /// <param name="sites">Each with what its node rounds counts to; null where it does not.</param>
    /// <param name="also">What else follows from it.</param>
    public static IEnumerable<string> Notes(IEnumerable<(string Site, int? Rounding)> sites, string also)
    {
        var rounded = sites.Where(s => s.Rounding > 1).ToList();
        if (rounded.Count == 0)
            yield break;
        var each = string.Join(", ", rounded.Select(s => $"{s.Site} to multiples of {s.Rounding}"));
        yield return $"Counts are rounded: {each}. A count over these sites may be off by up to {rounded.Sum(s => s.Rounding!.Value / 2)},"
            + $" and cells need not add up to the rows; {also}.";
    }
}
