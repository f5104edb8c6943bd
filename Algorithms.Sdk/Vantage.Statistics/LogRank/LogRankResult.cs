using Vantage.Algorithms.Results;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.LogRank;

/// <summary>A test whether groups survive alike, over the rows of all sites: what R's <c>survdiff</c> answers for the pooled data.</summary>
public sealed record LogRankResult : ITabular
{
    /// <summary>As it was asked for.</summary>
    public required string Formula { get; init; }

    /// <summary>The power of S(t) that weighs a time.</summary>
    public required double Rho { get; init; }

    /// <summary>Whether rows are compared within sites only, as R's <c>strata(site)</c>: so it is where sites tell no exact times.</summary>
    public required bool StratifiedBySite { get; init; }

    /// <summary>Whose rows these are.</summary>
    public required IReadOnlyList<SiteRows> Sites { get; init; }

    /// <summary>Complete rows of all sites that take part.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that take no part, since a column is missing in them.</summary>
    public required long LeftOut { get; init; }

    /// <summary>One for each group that has rows.</summary>
    public required IReadOnlyList<LogRankGroup> Groups { get; init; }

    /// <summary>Of observed less expected, in the order of the groups.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Variance { get; init; }

    /// <summary>χ²; null where there is nothing to compare, since only one group was ever at risk with others.</summary>
    public required double? Statistic { get; init; }

    /// <summary>Groups with expected events, less one.</summary>
    public required int DegreesOfFreedom { get; init; }

    /// <summary>P(χ² ≥ statistic).</summary>
    public required double? PValue { get; init; }

    /// <summary>What sites held back, as sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new("test", ["χ²", "degrees of freedom", "p value"], [[Statistic, (long)DegreesOfFreedom, PValue]]),
        new("groups", ["group", "rows", "observed", "expected", "difference"],
            [.. Groups.Select(g => (object?[])[g.Group, g.Rows, g.Observed, g.Expected, g.Difference])]),
        .. SiteTables.Notes(Notes),
        SiteTables.Of(Sites),
    ];
}

/// <param name="Group">Its levels: <c>sex=1</c>.</param>
/// <param name="Rows">Rows of the group.</param>
/// <param name="Observed">Events, weighted where ρ is not 0; null where a site's disclosure rules hold its own back.</param>
/// <param name="Expected">Events that the group would have if all survived alike, weighted likewise; null likewise.</param>
/// <param name="Difference">Observed less expected.</param>
public sealed record LogRankGroup(string Group, long Rows, double? Observed, double? Expected, double Difference);
