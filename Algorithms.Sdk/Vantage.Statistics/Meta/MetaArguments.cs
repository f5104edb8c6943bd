using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Meta;

/// <param name="Formula">The model that each site fits to its own rows, in R's notation.</param>
/// <param name="Family"><c>gaussian</c>, <c>binomial</c>, <c>poisson</c>, <c>negbin</c> or <c>gamma</c>.</param>
/// <param name="Link">Of a Gamma model: <c>inverse</c> or <c>log</c>.</param>
/// <param name="Weights">A column of prior weights.</param>
/// <param name="Reference">By column: the level that the others are compared with, the same at every site.</param>
/// <param name="ConfidenceLevel">Of confidence and prediction intervals.</param>
/// <param name="MaxIterations">Steps of a site's search.</param>
/// <param name="Tolerance">The relative change of the deviance at which it stops.</param>
public sealed record MetaArguments(
    [property: Description(RegressionArguments.FormulaText)] string Formula,
    [property: Description(MetaArguments.FamilyText)] string Family = "gaussian",
    [property: Description("Of a Gamma model: 'inverse', R's default, or 'log'.")] string Link = "inverse",
    [property: Description(RegressionArguments.WeightsText)] string? Weights = null,
    [property: Description(RegressionArguments.ReferenceText)] IReadOnlyDictionary<string, string>? Reference = null,
    [property: Description(RegressionArguments.LevelText)] double ConfidenceLevel = 0.95,
    [property: Description(RegressionArguments.StepsText)] int MaxIterations = RegressionArguments.Steps,
    [property: Description(RegressionArguments.ToleranceText)] double Tolerance = 1e-14) : IArguments
{
    internal const string FamilyText = "'gaussian', 'binomial', 'poisson', 'negbin' or 'gamma'.";

    /// <inheritdoc/>
    public void Check()
    {
        SiteFamily.Check(Family, Link);
        RegressionArguments.Rule(Tolerance, MaxIterations);
        Question();
    }

    internal ModelQuestion Question() => RegressionArguments.Check(
        Formula, Weights, Reference, ConfidenceLevel, Family == "binomial" ? null : Family == "gaussian" ? "linear" : Family);
}

/// <summary>What a site is asked, once the sites have agreed on types and levels.</summary>
/// <param name="Columns">The columns that the model names: no others may be read.</param>
/// <param name="Model">On what they agreed.</param>
/// <param name="Family">Of the outcome.</param>
/// <param name="Link">Of a Gamma model.</param>
/// <param name="MaxIterations">Steps of the search.</param>
/// <param name="Tolerance">Where it stops.</param>
public sealed record MetaStep(
    [property: ColumnNames]
    [property: Description("The columns that the model names.")]
    IReadOnlyList<string> Columns,
    [property: Description("The model on which the sites agreed.")] ModelSpec Model,
    [property: Description(MetaArguments.FamilyText)] string Family,
    [property: Description("Of a Gamma model.")] string Link,
    [property: Description(RegressionArguments.StepsText)] int MaxIterations,
    [property: Description(RegressionArguments.ToleranceText)] double Tolerance) : IArguments
{
    /// <inheritdoc/>
    public void Check()
    {
        ModelColumns.ThrowIfOthers(Columns, Formulas.Formula.Parse(Model.Formula), Model.Weights);
        SiteFamily.Check(Family, Link);
        Rule();
    }

    internal StoppingRule Rule() => RegressionArguments.Rule(Tolerance, MaxIterations);
}
