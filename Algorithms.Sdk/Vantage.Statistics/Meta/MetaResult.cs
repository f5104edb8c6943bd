using Vantage.Algorithms.Results;

namespace Vantage.Statistics.Meta;

/// <summary>
/// A model fitted by each site to its own rows, and each coefficient put together over sites: what <c>rma</c> of R's package metafor
/// answers for the sites' estimates. Other than a model over all rows, it lets sites differ.
/// </summary>
public sealed record MetaResult : ITabular
{
    /// <summary>The model as it was asked for.</summary>
    public required string Formula { get; init; }

    /// <summary>Of the outcome.</summary>
    public required string Family { get; init; }

    /// <summary>What each site found.</summary>
    public required IReadOnlyList<SiteModelFound> Sites { get; init; }

    /// <summary>Complete rows of all sites.</summary>
    public required long Rows { get; init; }

    /// <summary>The levels of each factor, the reference first.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Levels { get; init; }

    /// <summary>Of the intervals.</summary>
    public required double ConfidenceLevel { get; init; }

    /// <summary>By coefficient; null where no site's rows tell it.</summary>
    public required IReadOnlyDictionary<string, PooledTerm?> Terms { get; init; }

    /// <summary>In sentences: what is missing and why.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new(
            "terms",
            ["term", "method", "sites", "estimate", "standard error", "z", "p value", "lower", "upper", "tau²", "I² %", "Q", "p value of Q",
                "predicted from", "predicted to"],
            [.. Terms.SelectMany(t => t.Value is { } term
                ? (IEnumerable<object?[]>)[Row(t.Key, "fixed", term, term.Fixed), Row(t.Key, "DL", term, term.DerSimonianLaird), Row(t.Key, "REML", term, term.Reml)]
                : [[t.Key, .. new object?[14]]])]),
        new(
            "sites",
            ["site", "rows", "left out", "converged", "term", "estimate", "standard error"],
            [.. Sites.SelectMany(s => s.Estimates.Select(e => (object?[])
                [s.Site, s.Rows, s.LeftOut, s.Converged, e.Key, e.Value, s.StandardErrors[e.Key]]))]),
        new("notes", ["note"], [.. Notes.Select(n => (object?[])[n])]),
    ];

    private static object?[] Row(string name, string method, PooledTerm term, PooledEstimate e) =>
    [
        name, method, (long)term.Sites, e.Estimate, e.StandardError, e.Statistic, e.PValue, e.ConfidenceInterval[0],
        e.ConfidenceInterval[1], e.Tau2, e.I2 ?? term.Heterogeneity.I2, term.Heterogeneity.Q, term.Heterogeneity.PValue,
        e.PredictionInterval?[0], e.PredictionInterval?[1],
    ];
}

/// <summary>A site's own model.</summary>
/// <param name="Site">Whose.</param>
/// <param name="Rows">Complete rows.</param>
/// <param name="LeftOut">Rows in which a column of the model is missing.</param>
/// <param name="Converged">Whether the estimates are the maximum of its likelihood.</param>
/// <param name="Estimates">By coefficient; null where its rows do not tell it.</param>
/// <param name="StandardErrors">Of these.</param>
public sealed record SiteModelFound(
    string Site,
    long Rows,
    long LeftOut,
    bool Converged,
    IReadOnlyDictionary<string, double?> Estimates,
    IReadOnlyDictionary<string, double?> StandardErrors);

/// <summary>A coefficient over sites.</summary>
/// <param name="Sites">How many sites tell it.</param>
/// <param name="Heterogeneity">Whether they differ by more than chance.</param>
/// <param name="Fixed">As if they did not.</param>
/// <param name="DerSimonianLaird">With the variance between sites by moments.</param>
/// <param name="Reml">With that by restricted maximum likelihood.</param>
public sealed record PooledTerm(
    int Sites, Heterogeneity Heterogeneity, PooledEstimate Fixed, PooledEstimate DerSimonianLaird, PooledEstimate Reml);

/// <param name="Q">Cochran's Q.</param>
/// <param name="DegreesOfFreedom">Sites less one.</param>
/// <param name="PValue">P(χ² ≥ Q); null for one site.</param>
/// <param name="I2">Per cent, by Q; null for one site.</param>
public sealed record Heterogeneity(double Q, int DegreesOfFreedom, double? PValue, double? I2);

/// <param name="Estimate">In the unit of the coefficient.</param>
/// <param name="StandardError">Of it.</param>
/// <param name="Statistic">z.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="ConfidenceInterval">Of the mean over sites, by the normal distribution.</param>
/// <param name="Tau2">The variance between sites; 0 of a fixed effect.</param>
/// <param name="Tau2StandardError">Null of a fixed effect, or for one site.</param>
/// <param name="I2">Per cent of the variance that is between sites; null of a fixed effect, or for one site.</param>
/// <param name="PredictionInterval">Where the coefficient of a further site lies; null of a fixed effect, or for one site.</param>
public sealed record PooledEstimate(
    double Estimate,
    double StandardError,
    double Statistic,
    double PValue,
    IReadOnlyList<double> ConfidenceInterval,
    double Tau2,
    double? Tau2StandardError,
    double? I2,
    IReadOnlyList<double>? PredictionInterval);
