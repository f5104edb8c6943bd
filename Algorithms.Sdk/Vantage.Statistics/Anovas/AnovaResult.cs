using Vantage.Algorithms.Results;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Anovas;

/// <summary>An analysis of variance over the rows of all sites, as if they lay in one table.</summary>
/// <param name="Formula">As it was asked for.</param>
/// <param name="Type">Of the sums of squares: 1, 2 or 3.</param>
/// <param name="Sites">Whose rows these are.</param>
/// <param name="Rows">Complete rows of all sites.</param>
/// <param name="LeftOut">Rows that take no part, since a column of the model is missing in them.</param>
/// <param name="Levels">Of each factor.</param>
/// <param name="Terms">In R's order.</param>
/// <param name="Residuals">What no term explains.</param>
/// <param name="Notes">What was suppressed, missing, or could not be told, in plain words.</param>
public sealed record AnovaResult(
    string Formula,
    int Type,
    IReadOnlyList<SiteRows> Sites,
    long Rows,
    long LeftOut,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Levels,
    IReadOnlyList<AnovaRow> Terms,
    AnovaRow Residuals,
    IReadOnlyList<string> Notes) : ITabular
{
    /// <inheritdoc/>
    public IReadOnlyList<ResultTable> Tables() =>
    [
        new(
            "terms",
            ["term", "degrees of freedom", "sum of squares", "mean square", "F", "p value"],
            [.. Terms.Append(Residuals).Select(t => (object?[])
                [t.Term, t.DegreesOfFreedom, t.SumOfSquares, t.MeanSquare, t.F, t.PValue])]),
        SiteTables.Of(Sites),
        .. SiteTables.Notes(Notes),
    ];
}

/// <param name="Term">As R prints it.</param>
/// <param name="DegreesOfFreedom">Of the term: estimated coefficients.</param>
/// <param name="SumOfSquares">What it explains, in the square of the outcome's unit.</param>
/// <param name="MeanSquare">The same by degree of freedom; null without one.</param>
/// <param name="F">Mean square by that of the residuals; null without one of them.</param>
/// <param name="PValue">P(F ≥ value).</param>
public sealed record AnovaRow(
    string Term, long DegreesOfFreedom, double SumOfSquares, double? MeanSquare, double? F, double? PValue);
