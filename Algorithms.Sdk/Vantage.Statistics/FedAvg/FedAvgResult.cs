using Vantage.Algorithms.Results;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.FedAvg;

/// <summary>
/// A model by federated averaging (McMahan et al. 2017) or FedProx (Li et al. 2020). It comes near the model that <c>logistic</c>,
/// <c>linear</c> and <c>poisson</c> find exactly, the nearer the more rounds; there are no standard errors.
/// </summary>
public sealed record FedAvgResult : ITabular
{
    /// <summary>The model as it was asked for.</summary>
    public required string Formula { get; init; }

    /// <summary>Of the outcome.</summary>
    public required string Family { get; init; }

    /// <summary>Whose rows these are.</summary>
    public required IReadOnlyList<SiteRows> Sites { get; init; }

    /// <summary>Complete rows of all sites.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that take no part, since a column of the model is missing in them.</summary>
    public required long LeftOut { get; init; }

    /// <summary>The levels of each factor, the reference first.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Levels { get; init; }

    /// <summary>The two levels of a categorical outcome: the probability of the second is modelled.</summary>
    public required IReadOnlyList<string>? OutcomeLevels { get; init; }

    /// <summary>In the columns' own units.</summary>
    public required IReadOnlyDictionary<string, double> Coefficients { get; init; }

    /// <summary>Half the mean deviance of all rows at the coefficients before each round.</summary>
    public required IReadOnlyList<double> Losses { get; init; }

    /// <summary>Whether coefficients stood still before the rounds were over.</summary>
    public required bool Converged { get; init; }

    /// <summary>Rounds made.</summary>
    public required int Rounds { get; init; }

    /// <summary>In sentences: what a reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new("coefficients", ["term", "estimate"], [.. Coefficients.Select(c => (object?[])[c.Key, c.Value])]),
        new("fit", ["name", "value"],
        [
            ["family", Family], ["rows", Rows], ["left out", LeftOut], ["rounds", (long)Rounds], ["converged", Converged],
            ["loss", Losses[^1]], .. Notes.Select(n => (object?[])["note", n]),
        ]),
        new("rounds", ["round", "loss before it"], [.. Losses.Select((l, i) => (object?[])[(long)i + 1, l])]),
        new("sites", ["site", "rows", "left out"], [.. Sites.Select(s => (object?[])[s.Site, s.Rows, s.LeftOut])]),
    ];
}
