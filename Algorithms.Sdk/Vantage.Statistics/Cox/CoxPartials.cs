using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Cox;

/// <summary>The times of a site, and what its columns are centred by.</summary>
/// <param name="Rows">Complete rows.</param>
/// <param name="Times">All times at which rows start or end, ascending, each once.</param>
/// <param name="Strata">The event times of each stratum that has any.</param>
/// <param name="Sums">Of each column of the model, then of the offset.</param>
/// <param name="Indicators">Whether a column holds −1, 0 and 1 only: such are not centred.</param>
public sealed record CoxTimesPartial(
    long Rows,
    IReadOnlyList<double> Times,
    IReadOnlyList<StratumEvents> Strata,
    ExactSums Sums,
    IReadOnlyList<bool> Indicators);

/// <param name="Stratum">Its place.</param>
/// <param name="Times">Event times, ascending.</param>
/// <param name="Events">How many events at each.</param>
public sealed record StratumEvents(int Stratum, IReadOnlyList<double> Times, IReadOnlyList<long> Events);

/// <summary>What one site adds to each event time of all sites. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Complete rows.</param>
/// <param name="Dying">Over the rows with events: Σ η, then Σ x of each column.</param>
/// <param name="Strata">In the order of the step.</param>
public sealed record CoxPartial(long Rows, ExactSums Dying, IReadOnlyList<RiskSetSums> Strata)
{
    /// <summary>At these coefficients a risk is more than a double holds: the step that led there was too long, and all sums are zero.</summary>
    public bool IsBeyond { get; init; }
}

/// <summary>With r = exp(η): Σ r, Σ r·x of each column, Σ r·x·x' (upper triangle), one after the other for each time.</summary>
/// <param name="AtRisk">Over the rows at risk at each event time.</param>
/// <param name="Dying">Over those that have the event, at the tied times.</param>
public sealed record RiskSetSums(ExactSums AtRisk, ExactSums Dying);

/// <summary>The partial likelihood of a site that is a stratum of its own. No time leaves the site.</summary>
/// <param name="Rows">Complete rows, as in the first round.</param>
/// <param name="Events">Rows with the event; null, as all that follows, where the site's rules hold them back.</param>
/// <param name="LogLikelihood">One number.</param>
/// <param name="Score">Its derivative by each coefficient.</param>
/// <param name="Information">Less its second derivative, the upper triangle, row by row.</param>
/// <param name="Suppressed">What was held back.</param>
public sealed record CoxWithinPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Count)] long? Events,
    [property: Discloses(DisclosureKind.Statistic)] ExactSums? LogLikelihood,
    [property: Discloses(DisclosureKind.Parameters)] ExactSums? Score,
    [property: Discloses(DisclosureKind.Products)] ExactSums? Information,
    IReadOnlyList<Suppressed> Suppressed)
{
    /// <summary>To multiples of what the node rounds counts; null where they are exact.</summary>
    [Discloses(DisclosureKind.Rounding)]
    public int? Rounding { get; init; }
}

/// <summary>Pairs of rows of a site and stratum of which it is known who has the event first.</summary>
/// <param name="Rows">Complete rows; none where the site's rules hold the pairs back.</param>
/// <param name="Concordant">Those of which that one has the larger predictor.</param>
/// <param name="Discordant">The smaller.</param>
/// <param name="Tied">The same.</param>
public sealed record ConcordancePartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Statistic, Digits = ConcordancePartial.Digits)] double Concordant,
    [property: Discloses(DisclosureKind.Statistic, Digits = ConcordancePartial.Digits)] double Discordant,
    [property: Discloses(DisclosureKind.Statistic, Digits = ConcordancePartial.Digits)] double Tied)
{
    /// <summary>Enough for a measure of fit, and too few to tell one row's pairs.</summary>
    internal const int Digits = 4;
}
