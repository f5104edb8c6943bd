using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Distributions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

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
                .. Rounded.Notes(partials.Select(p => (p.Site, p.Value.Rounding)), "the curve is of the rounded counts"),
            ],
        };
    }
}
