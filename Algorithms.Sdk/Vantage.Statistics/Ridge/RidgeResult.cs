using Vantage.Algorithms.Results;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Ridge;

/// <summary>
/// Ridge regression over the rows of all sites: what R's <c>glmnet(alpha = 0)</c> or MASS's <c>lm.ridge</c> answers for the pooled
/// data. Penalised estimates are drawn towards zero on purpose: there are no standard errors that would say how far they are off.
/// </summary>
public sealed record RidgeResult : ITabular
{
    /// <summary>The model as it was asked for.</summary>
    public required string Formula { get; init; }

    /// <summary><c>gaussian</c> or <c>binomial</c>.</summary>
    public required string Family { get; init; }

    /// <summary>Whose penalties they are: <c>glmnet</c> or <c>mass</c>.</summary>
    public required string Scale { get; init; }

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

    /// <summary>One for each penalty, in the order asked for.</summary>
    public required IReadOnlyList<RidgeFit> Fits { get; init; }

    /// <summary>In sentences: what a reader should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new(
            "coefficients",
            ["term", .. Fits.Select(f => Heading(f))],
            [.. Fits[0].Coefficients.Keys.Select(term => (object?[])[term, .. Fits.Select(f => (object?)f.Coefficients[term])])]),
        new(
            "fits",
            ["lambda", "effective parameters", "deviance", "explained", "GCV", "converged", "iterations"],
            [.. Fits.Select(f => (object?[])
                [f.Lambda, f.EffectiveParameters, f.Deviance, f.DevianceRatio, f.Gcv, f.Converged, (long)f.Iterations])]),
        new("sites", ["site", "rows", "left out"], [.. Sites.Select(s => (object?[])[s.Site, s.Rows, s.LeftOut])]),
        new("notes", ["note"], [.. Notes.Select(n => (object?[])[n])]),
    ];

    private string Heading(RidgeFit fit)
    {
        var heading = FormattableString.Invariant($"lambda {fit.Lambda}");
        return Fits.Count(f => f.Lambda == fit.Lambda) == 1 ? heading
            : FormattableString.Invariant($"{heading} ({Fits.TakeWhile(f => f != fit).Count() + 1})");
    }
}

/// <summary>The model with one penalty.</summary>
/// <param name="Lambda">The penalty.</param>
/// <param name="Coefficients">In the units of the columns, with R's names; 0 of a constant column; null where λ is 0 and earlier columns determine it.</param>
/// <param name="EffectiveParameters">The trace of the hat matrix, the intercept not counted.</param>
/// <param name="Deviance">Without the penalty: the residual sum of squares of a gaussian model.</param>
/// <param name="DevianceRatio">The part of the null deviance that is explained; null where there is none.</param>
/// <param name="Gcv">
/// Generalised cross-validation, as <c>lm.ridge</c> has it: deviance / (n − effective parameters)². The smallest is the penalty to choose.
/// </param>
/// <param name="Converged">Whether the search settled; always true of a gaussian model.</param>
/// <param name="Iterations">Steps of Newton's method.</param>
public sealed record RidgeFit(
    double Lambda,
    IReadOnlyDictionary<string, double?> Coefficients,
    double EffectiveParameters,
    double Deviance,
    double? DevianceRatio,
    double? Gcv,
    bool Converged,
    int Iterations);
