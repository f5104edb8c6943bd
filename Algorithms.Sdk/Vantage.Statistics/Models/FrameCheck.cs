using Vantage.Algorithms.Federations;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Models;

/// <summary>Notices an answer that no table can give, before it spoils the numbers of all sites.</summary>
internal static class FrameCheck
{
    /// <summary>No table has more rows, and counts of so many add up without overflow, and as doubles.</summary>
    public const long MostRows = 1L << 48;

    private const int LongestWhy = 500;
    private static readonly string[] Contents = [ColumnContent.Numbers, ColumnContent.Text, ColumnContent.Nothing];

    public static void ThrowIfImpossible(SiteValue<FramePartial> frame, IReadOnlyList<string> columns)
    {
        var (rows, leftOut, told, levels, suppressed, _) = frame.Value;
        if (rows is < 0 or > MostRows || leftOut is < 0 or > MostRows || (rows + leftOut < 1 && suppressed is not { Count: > 0 }))
            throw Impossible(frame.Site, "it counts no rows");
        if (!told.Select(c => c.Name).SequenceEqual(columns) || told.Any(c => !Contents.Contains(c.Holds) || c.Why?.Length > LongestWhy))
            throw Impossible(frame.Site, "it tells of other columns than it was asked for");
        if (levels.Values.Any(l => !LevelIndex.ArePossible(l, ColumnContent.Text, rows)))
            throw Impossible(frame.Site, "its levels are not possible");
    }

    public static InvalidOperationException Impossible(string site, string why) =>
        new($"What {site} returned is not what its table can give: {why}. Does it run the same release?");
}
