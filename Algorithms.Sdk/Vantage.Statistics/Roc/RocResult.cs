using Vantage.Algorithms.Results;
using Vantage.Algorithms.Results.Charts;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Roc;

/// <summary>How well a score tells an outcome, over the rows of all sites.</summary>
public sealed record RocResult : ITabular, IDrawable
{
    /// <summary>As it was asked for.</summary>
    public required string Formula { get; init; }

    /// <summary>Whose rows these are.</summary>
    public required IReadOnlyList<SiteRows> Sites { get; init; }

    /// <summary>Rows that take part.</summary>
    public required long Rows { get; init; }

    /// <summary>Of these, rows with the outcome.</summary>
    public required long Positives { get; init; }

    /// <summary>The two levels of a categorical outcome; the second is foretold.</summary>
    public required IReadOnlyList<string>? OutcomeLevels { get; init; }

    /// <summary>The probability that a row with the outcome has the larger score, where the same counts half.</summary>
    public required double Auc { get; init; }

    /// <summary>By DeLong's method; null with fewer than two rows of either outcome.</summary>
    public required double? StandardError { get; init; }

    /// <summary>Above 0 and below 1.</summary>
    public required double ConfidenceLevel { get; init; }

    /// <summary>AUC and reach of so many standard errors, as DeLong's; may go beyond 1.</summary>
    public required IReadOnlyList<double>? ConfidenceInterval { get; init; }

    /// <summary>By falling threshold.</summary>
    public required IReadOnlyList<RocPoint> Curve { get; init; }

    /// <summary>Ten parts of the scores between 0 and 1; null where some lie outside.</summary>
    public required IReadOnlyList<CalibrationBin>? Calibration { get; init; }

    /// <summary>The mean of (score − outcome)²; null where scores lie outside 0 to 1.</summary>
    public required double? Brier { get; init; }

    /// <summary>Whether scores were counted in intervals, since a site's disclosure rules let none leave.</summary>
    public required bool InIntervals { get; init; }

    /// <summary>What sites held back, and what else to know, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    public Chart Chart() => RocChart.Of(this);

    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new("auc", ["AUC", "standard error", "lower", "upper", "rows", "positives", "Brier"],
            [[Auc, StandardError, ConfidenceInterval?[0], ConfidenceInterval?[1], Rows, Positives, Brier]]),
        .. Calibration is null ? (IReadOnlyList<ResultTable>)[]
            : [new("calibration", ["from", "to", "rows", "mean score", "observed"],
                [.. Calibration.Select(c => (object?[])[c.From, c.To, c.Rows, c.MeanScore, c.Observed])])],
        .. SiteTables.Notes(Notes),
        new("curve", ["threshold", "sensitivity", "specificity"],
            [.. Curve.Select(p => (object?[])[p.Threshold, p.Sensitivity, p.Specificity])]),
        SiteTables.Of(Sites),
    ];
}

/// <param name="Threshold">Rows with this score or a larger one are foretold to have the outcome.</param>
/// <param name="Sensitivity">The share of rows with the outcome that are.</param>
/// <param name="Specificity">The share of rows without it that are not.</param>
public sealed record RocPoint(double Threshold, double Sensitivity, double Specificity);

/// <param name="From">Scores above this.</param>
/// <param name="To">Up to this.</param>
/// <param name="Rows">In between.</param>
/// <param name="MeanScore">Null without rows.</param>
/// <param name="Observed">The share that has the outcome; null without rows.</param>
public sealed record CalibrationBin(double From, double To, double Rows, double? MeanScore, double? Observed);
