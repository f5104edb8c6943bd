using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Crosstabs;

/// <summary>Notices a partial that no table can give.</summary>
internal static class CrosstabCheck
{
    private static readonly string[] Contents = [ColumnContent.Numbers, ColumnContent.Text, ColumnContent.Nothing];

    public static void ThrowIfImpossible(SiteValue<LevelsPartial> partial, int columns)
    {
        var (rows, leftOut, told) = partial.Value;
        if (rows is < 0 or > FrameCheck.MostRows || leftOut is < 0 or > FrameCheck.MostRows || (rows + leftOut < 1 && partial.Value.Suppressed is null))
            throw FrameCheck.Impossible(partial.Site, "it counts no rows");
        if (told.Count != columns || told.Any(c => !Contents.Contains(c.Holds) || !LevelIndex.ArePossible(c.Levels, c.Holds, rows)))
            throw FrameCheck.Impossible(partial.Site, "its levels are not possible");
    }

    public static void ThrowIfImpossible(SiteValue<CountsPartial> partial, int cells, long rows)
    {
        var (told, held) = (partial.Value.Counts, partial.Value.Counts.Any(c => c is null));
        var sum = told.Sum(c => c ?? 0);
        var slack = Rounded.Slack(partial.Value.Rounding, cells);
        if (told.Count != cells || told.Any(c => c < 0 || c > partial.Value.Rows + Rounded.Slack(partial.Value.Rounding, 1))
            || sum > partial.Value.Rows + slack || (held ? partial.Value.Suppressed is null : sum < partial.Value.Rows - slack))
        {
            throw FrameCheck.Impossible(partial.Site, "its counts do not add up");
        }

        if (partial.Value.Rows != rows)
        {
            throw new DataInvalidException($"{partial.Site} had {rows} rows when the sites agreed on the levels and has"
                + $" {partial.Value.Rows} now. Its data have changed meanwhile: ask again.");
        }
    }
}
