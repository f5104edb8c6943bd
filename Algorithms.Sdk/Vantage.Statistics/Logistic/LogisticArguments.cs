using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Logistic;

/// <param name="Formula">
/// The model, in R's notation: <c>y ~ x1 * x2 + log(x3)</c>. The outcome is 0 and 1, or a category of two levels: the
/// probability of the second is modelled.
/// </param>
/// <param name="Weights">A column of prior weights, not negative; rows of weight 0 take no part.</param>
/// <param name="Reference">By column: the level that the others are compared with; the first of the sorted levels unless told.</param>
/// <param name="ConfidenceLevel">Of the confidence intervals.</param>
/// <param name="MaxIterations">Steps of Newton's method after which the model counts as not converged.</param>
/// <param name="Tolerance">
/// The relative change of the deviance below which the estimates count as found: R's <c>epsilon</c>. R's own default of
/// 1e-8 leaves standard errors 1e-7 off; here it is 1e-14.
/// </param>
public sealed record LogisticArguments(
    [property: Description(RegressionArguments.FormulaText)] string Formula,
    [property: Description(RegressionArguments.WeightsText)] string? Weights = null,
    [property: Description(RegressionArguments.ReferenceText)] IReadOnlyDictionary<string, string>? Reference = null,
    [property: Description(RegressionArguments.LevelText)] double ConfidenceLevel = 0.95,
    [property: Description("Steps after which to give up; 25 unless told.")] int MaxIterations = 25,
    [property: Description("The relative change of the deviance at which to stop; 1e-14 unless told.")] double Tolerance = 1e-14) : IArguments
{
    /// <inheritdoc/>
    public void Check() => Question();

    internal ModelQuestion Question()
    {
        if (MaxIterations is < 1 or > 100)
            throw new ArgumentsInvalidException("maxIterations", "between 1 and 100.");
        if (Tolerance is not (>= 1e-15 and <= 0.01))
            throw new ArgumentsInvalidException("tolerance", "between 1e-15 and 0.01, such as 1e-8.");
        return RegressionArguments.Check(Formula, Weights, Reference, ConfidenceLevel, binary: true);
    }
}

/// <summary>What a site is asked in each round, once the sites have agreed.</summary>
/// <param name="Columns">The columns that the model names: no others may be read.</param>
/// <param name="Model">On what they agreed.</param>
/// <param name="Coefficients">Where Newton's method stands; null for its start.</param>
/// <param name="Direction">The step that led here, to tell whether it separates the outcome; null at the start.</param>
/// <param name="Without">
/// Directions that separate some rows: rows that any of them moves are at the end of their way, and only the others count.
/// </param>
/// <param name="NullIntercept">The intercept of the model without columns; null where it needs no rounds.</param>
public sealed record LogisticStep(
    [property: ColumnNames]
    [property: Description("The columns that the model names.")]
    IReadOnlyList<string> Columns,
    [property: Description("The model on which the sites agreed.")] ModelSpec Model,
    [property: Description("The coefficients so far.")] ExactSums? Coefficients,
    [property: Description("The step that led to them.")] IReadOnlyList<double>? Direction,
    [property: Description("Directions whose rows do not count any more.")]
    IReadOnlyList<IReadOnlyList<double>> Without,
    [property: Description("The intercept of the model without columns.")] double? NullIntercept) : IArguments
{
    /// <inheritdoc/>
    public void Check() => ModelColumns.ThrowIfOthers(Columns, Formulas.Formula.Parse(Model.Formula), Model.Weights);
}
