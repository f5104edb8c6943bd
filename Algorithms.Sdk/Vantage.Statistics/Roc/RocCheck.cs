using Vantage.Algorithms.Federations;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Roc;

/// <summary>Notices scores that no table can give.</summary>
internal static class RocCheck
{
    /// <param name="partial">Of the first round, or of the second.</param>
    /// <param name="model">On what the sites agreed.</param>
    /// <param name="edges">Of the second round: in which intervals scores are counted.</param>
    public static void ThrowIfImpossible(SiteValue<RocPartial> partial, AgreedModel model, double[]? edges)
    {
        var (rows, span, positive, negative, suppressed) = partial.Value;
        if (rows is < 0 or > FrameCheck.MostRows)
            throw FrameCheck.Impossible(partial.Site, "it counts no rows");
        if (span is not null && !(span.Count == 2 && span[0] < span[1] && double.IsFinite(span[1] - span[0])))
            throw FrameCheck.Impossible(partial.Site, "its scores lie between no two numbers");
        if (positive is null != negative is null || (positive is null && suppressed.Count == 0 && (rows > 0 || edges is not null) && (span is null || edges is not null)))
            throw FrameCheck.Impossible(partial.Site, "it does not say what it held back");
        if (positive is null || negative is null)
            return;
        if (!IsPossible(positive, edges) || !IsPossible(negative, edges))
            throw FrameCheck.Impossible(partial.Site, "its counts are not of these scores");
        var counted = positive.Counts.Concat(negative.Counts).Sum();
        // In intervals a site has up to a minimum cell more rows than it says.
        var slack = Rounded.Slack(partial.Value.Rounding, positive.Counts.Count + negative.Counts.Count);
        if (edges is null ? counted != rows : counted < rows - slack || counted > (2 * rows) + slack)
            throw FrameCheck.Impossible(partial.Site, "its counts do not add up");
        if (edges is null)
            PartialCheck.ThrowIfOtherRows(partial.Site, rows, rows, model);
    }

    private static bool IsPossible(ScoreCounts told, double[]? edges) =>
        told.Edges.Count == told.Counts.Count
        && told.Edges.All(e => double.IsFinite(e) && edges?.Contains(e) != false)
        && told.Edges.Zip(told.Edges.Skip(1)).All(p => p.First < p.Second)
        && told.Counts.All(c => c is > 0 and <= FrameCheck.MostRows)
        && (told.From is not { } from || (edges?.Contains(from) == true && told.Edges.Count > 0 && from < told.Edges[0]));
}
