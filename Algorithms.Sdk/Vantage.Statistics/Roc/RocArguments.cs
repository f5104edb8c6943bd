using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Formulas;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Roc;

/// <param name="Formula">
/// <c>outcome ~ score</c>: the outcome is 0 and 1, or a category of two levels of which the second is foretold; the score is a column or
/// computed of columns, larger where the outcome is more probable.
/// </param>
/// <param name="ConfidenceLevel">Of the interval of the AUC.</param>
public sealed record RocArguments(
    [property: Description("Outcome by score, in R's notation: y ~ score, or y ~ I(0.2 * a - b).")] string Formula,
    [property: Description(RegressionArguments.LevelText)] double ConfidenceLevel = 0.95) : IArguments
{
    /// <inheritdoc/>
    public void Check() => Question();

    internal ModelQuestion Question()
    {
        var question = RegressionArguments.Check(Formula, null, null, ConfidenceLevel, number: null);
        return question.Formula is { Variables: [ColumnVariable or ComputedVariable], Terms.Count: 1, Offsets.Count: 0 }
            ? question
            : throw new ArgumentsInvalidException("formula", "one score explains the outcome: a column, or I(…) of columns.");
    }
}

/// <summary>What a site is asked, once the sites have agreed.</summary>
/// <param name="Columns">The columns that the formula names.</param>
/// <param name="Model">On what they agreed.</param>
/// <param name="Edges">The ends of the intervals in which scores are counted; null for the scores themselves.</param>
public sealed record RocStep(
    [property: ColumnNames]
    [property: Description("The columns that the formula names.")]
    IReadOnlyList<string> Columns,
    [property: Description("On what the sites agreed.")] ModelSpec Model,
    [property: Description("The ends of the intervals of scores.")] IReadOnlyList<double>? Edges) : IArguments
{
    /// <inheritdoc/>
    public void Check() => ModelColumns.ThrowIfOthers(Columns, Formulas.Formula.Parse(Model.Formula), null);
}
