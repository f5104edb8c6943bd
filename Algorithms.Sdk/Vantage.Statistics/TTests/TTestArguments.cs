using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Distributions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.TTests;

/// <param name="Formula">
/// As in R: <c>y ~ group</c> compares the means of two groups, <c>y ~ 1</c> one mean with <paramref name="Mean"/>, and
/// <c>Pair(before, after) ~ 1</c> the mean of the differences before − after.
/// </param>
/// <param name="Mean">The mean, or the difference of means, that is put to the test (R's <c>mu</c>).</param>
/// <param name="EqualVariances">Whether the groups are taken to vary alike (R's <c>var.equal</c>); if not, Welch's test.</param>
/// <param name="Alternative"><c>two.sided</c>, <c>less</c> or <c>greater</c>.</param>
/// <param name="Reference">The group whose mean comes first in the difference; the first of the sorted levels unless told.</param>
/// <param name="ConfidenceLevel">Of the confidence interval.</param>
public sealed record TTestArguments(
    [property: Description("y ~ group, y ~ 1, or Pair(before, after) ~ 1.")] string Formula,
    [property: Description("The mean or difference put to the test; 0 unless told.")] double Mean = 0,
    [property: Description("Whether the groups are taken to vary alike; Welch's test unless told.")] bool EqualVariances = false,
    [property: Description("two.sided (unless told), less or greater.")] string Alternative = Alternatives.TwoSided,
    [property: Description("The group that comes first in the difference.")] string? Reference = null,
    [property: Description(ConfidenceLevels.Text)] double ConfidenceLevel = 0.95) : IArguments
{
    /// <inheritdoc/>
    public void Check() => Question();

    internal ModelQuestion Question()
    {
        ConfidenceLevels.ThrowIfNone(ConfidenceLevel);
        if (!double.IsFinite(Mean))
            throw new ArgumentsInvalidException("mean", "a finite number.");
        if (!Alternatives.All.Contains(Alternative))
            throw new ArgumentsInvalidException("alternative", $"one of {string.Join(", ", Alternatives.All)}.");
        return TTestFormula.Read(Formula, Reference);
    }
}

/// <summary>Which values of the statistic speak against the hypothesis, in R's words.</summary>
public static class Alternatives
{
    /// <summary>Large and small ones.</summary>
    public const string TwoSided = "two.sided";

    /// <summary>Small ones: the mean is less than the one put to the test.</summary>
    public const string Less = "less";

    /// <summary>Large ones.</summary>
    public const string Greater = "greater";

    internal static IReadOnlyList<string> All { get; } = [TwoSided, Less, Greater];
}

/// <summary>What a site is asked, once the sites have agreed.</summary>
/// <param name="Columns">The columns that the formula names: no others may be read.</param>
/// <param name="Model">On what they agreed.</param>
public sealed record GroupsStep(
    [property: ColumnNames]
    [property: Description("The columns that the formula names.")]
    IReadOnlyList<string> Columns,
    [property: Description("The model on which the sites agreed.")] ModelSpec Model) : IArguments
{
    /// <inheritdoc/>
    public void Check() => ModelColumns.ThrowIfOthers(Columns, Formulas.Formula.Parse(Model.Formula), Model.Weights);
}
