using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Linear;

/// <param name="Formula">The model, in R's notation: <c>y ~ x1 * x2 + log(x3)</c>.</param>
/// <param name="Weights">A column of prior weights, not negative; rows of weight 0 take no part.</param>
/// <param name="Reference">By column: the level that the others are compared with; the first of the sorted levels unless told.</param>
/// <param name="ConfidenceLevel">Of the confidence intervals.</param>
public sealed record LinearArguments(
    [property: Description(RegressionArguments.FormulaText)] string Formula,
    [property: Description(RegressionArguments.WeightsText)] string? Weights = null,
    [property: Description(RegressionArguments.ReferenceText)] IReadOnlyDictionary<string, string>? Reference = null,
    [property: Description(RegressionArguments.LevelText)] double ConfidenceLevel = 0.95) : IArguments
{
    /// <inheritdoc/>
    public void Check() => Question();

    internal ModelQuestion Question() =>
        RegressionArguments.Check(Formula, Weights, Reference, ConfidenceLevel, number: "linear");
}

/// <summary>What a site is asked, once the sites have agreed.</summary>
/// <param name="Columns">The columns that the model names: no others may be read.</param>
/// <param name="Model">On what they agreed.</param>
public sealed record LinearStep(
    [property: ColumnNames]
    [property: Description("The columns that the model names.")]
    IReadOnlyList<string> Columns,
    [property: Description("The model on which the sites agreed.")] ModelSpec Model) : IArguments
{
    /// <inheritdoc/>
    public void Check() => ModelColumns.ThrowIfOthers(Columns, Formulas.Formula.Parse(Model.Formula), Model.Weights);
}
