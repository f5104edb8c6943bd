using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Glm;

/// <summary>What a site is asked in each round, once the sites have agreed.</summary>
/// <param name="Columns">The columns that the model names: no others may be read.</param>
/// <param name="Model">On what they agreed.</param>
/// <param name="Coefficients">Where the search stands; null for its start.</param>
/// <param name="Direction">The step that led here, to tell whether it separates the outcome; null at the start.</param>
/// <param name="Without">
/// Directions that separate some rows: rows that any of them moves are at the end of their way, and only the others count.
/// </param>
/// <param name="NullIntercept">The intercept of the model without columns; null where it needs no rounds.</param>
/// <param name="Link">Of the families that have several.</param>
/// <param name="Theta">Of the negative binomial family; null while it is still Poisson's.</param>
public sealed record GlmStep(
    [property: ColumnNames]
    [property: Description("The columns that the model names.")]
    IReadOnlyList<string> Columns,
    [property: Description("The model on which the sites agreed.")] ModelSpec Model,
    [property: Description("The coefficients so far.")] ExactSums? Coefficients,
    [property: Description("The step that led to them.")] IReadOnlyList<double>? Direction,
    [property: Description("Directions whose rows do not count any more.")]
    IReadOnlyList<IReadOnlyList<double>> Without,
    [property: Description("The intercept of the model without columns.")] double? NullIntercept,
    [property: Description("The link, where the family has several.")] string? Link = null,
    [property: Description("The theta of a negative binomial model.")] double? Theta = null) : IArguments
{
    /// <inheritdoc/>
    public void Check()
    {
        ModelColumns.ThrowIfOthers(Columns, Formulas.Formula.Parse(Model.Formula), Model.Weights);
        if (Theta is not (null or > 0 and <= 1e15))
            throw new ArgumentsInvalidException("theta", "above zero.");
    }
}
