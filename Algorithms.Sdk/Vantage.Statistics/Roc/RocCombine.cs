using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Distributions;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Roc;

/// <summary>Makes the curve of what the sites count.</summary>
internal static class RocCombine
{
    public static RocResult Combine(
        AgreedModel model, double confidenceLevel, double[]? edges, IReadOnlyList<SiteValue<RocPartial>> partials)
    {
        string[] notes = [.. partials.SelectMany(p => p.Value.Suppressed.Select(s => s.Note(p.Site)))];
        var told = partials.Select(p => p.Value).Where(p => p.Positive is not null && p.Negative is not null).ToList();
        var bins = ScoreBins.Of(told, edges);
        if (!(bins.Positives > 0 && bins.Negatives > 0))
        {
            throw new DataInvalidException("The rows that sites may speak of have not both outcomes: there is nothing to tell apart. "
                + string.Join(" ", notes));
        }

        var (auc, error) = Auc.Of(bins);
        var reach = Tails.NormalQuantile(1 - confidenceLevel);
        var isProbability = bins.Scores.All(s => s is >= 0 and <= 1);
        return new()
        {
            Formula = model.Question.Formula.Text,
            Sites = model.Sites,
            Rows = (long)Math.Round(bins.Positives + bins.Negatives),
            Positives = (long)Math.Round(bins.Positives),
            OutcomeLevels = model.OutcomeLevels,
            Auc = auc,
            StandardError = error,
            ConfidenceLevel = confidenceLevel,
            ConfidenceInterval = error is { } e ? [auc - (reach * e), auc + (reach * e)] : null,
            Curve = bins.Curve(),
            Calibration = isProbability ? bins.Calibration() : null,
            Brier = isProbability ? bins.Brier() : null,
            InIntervals = edges is not null,
            Notes = edges is null ? notes :
            [
                .. notes,
                "Scores did not leave the sites: they were counted in intervals, and within one they are taken as even.",
            ],
        };
    }

    public static void ThrowIfImpossible(SiteValue<RocPartial> partial, double[]? edges)
    {
        var value = partial.Value;
        foreach (var counts in new[] { value.Positive, value.Negative }.OfType<ScoreCounts>())
        {
            if (counts.Edges.Count != counts.Counts.Count || (counts.From is { } from && edges?.Contains(from) != true) || counts.Edges.Any(e => !double.IsFinite(e) || edges?.Contains(e) == false)
                || !counts.Edges.Zip(counts.Edges.Skip(1)).All(p => p.First < p.Second)
                || counts.Counts.Any(c => c < 1 || c > 2 * Math.Max(1, value.Rows)))
            {
                throw FrameCheck.Impossible(partial.Site, "its counts are not of these scores");
            }
        }

        if (value.Span is { } span && !(span.Count == 2 && span[0] < span[1] && double.IsFinite(span[1] - span[0])))
            throw FrameCheck.Impossible(partial.Site, "its scores lie between no two numbers");
        if (edges is null && value is { Positive: { } p, Negative: { } n } && p.Counts.Sum() + n.Counts.Sum() != value.Rows)
            throw FrameCheck.Impossible(partial.Site, "its counts do not add up");
    }
}
