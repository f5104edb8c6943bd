using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox;

/// <summary>A round over the event times of all sites.</summary>
/// <param name="Columns">The columns that the model names: no others may be read.</param>
/// <param name="Model">On what the sites agreed.</param>
/// <param name="Centre">What is taken from each column of the model first, and last from the offset; it changes no coefficient.</param>
/// <param name="Coefficients">Where Newton's method stands.</param>
/// <param name="Cuts">Times that are the same but for rounding count as these; null where there are none.</param>
/// <param name="Strata">The event times of each stratum that has any.</param>
public sealed record CoxStep(
    [property: ColumnNames]
    [property: Description("The columns that the model names.")]
    IReadOnlyList<string> Columns,
    [property: Description("On what the sites agreed.")] SurvivalSpec Model,
    [property: Description("What is taken from each column, and from the offset, first.")] IReadOnlyList<double> Centre,
    [property: Description("The coefficients so far.")] ExactSums Coefficients,
    [property: Description("Times that are the same but for rounding.")] IReadOnlyList<double>? Cuts,
    [property: Description("The event times of each stratum.")] IReadOnlyList<StratumTimes> Strata) : IArguments
{
    /// <inheritdoc/>
    public void Check()
    {
        SurvivalQuestion.ThrowIfOtherColumns(Columns, Model.Parsed());
        if (Strata.Any(s => s.Times.Count == 0 || s.Tied.Any(t => t < 0 || t >= s.Times.Count)
            || !s.Times.Zip(s.Times.Skip(1)).All(p => p.First < p.Second))
            || Strata.DistinctBy(s => s.Stratum).Count() != Strata.Count)
        {
            throw new ArgumentsInvalidException("strata", "each once, with event times that ascend.");
        }
    }
}

/// <param name="Stratum">Its place.</param>
/// <param name="Times">Event times, ascending.</param>
/// <param name="Tied">Places among these for which Efron's method needs the sums over those who die.</param>
public sealed record StratumTimes(int Stratum, IReadOnlyList<double> Times, IReadOnlyList<int> Tied);

/// <summary>A round in which each site is a stratum of its own.</summary>
/// <param name="Columns">The columns that the model names: no others may be read.</param>
/// <param name="Model">On what the sites agreed.</param>
/// <param name="Ties"><c>efron</c> or <c>breslow</c>.</param>
/// <param name="Coefficients">Where Newton's method stands.</param>
public sealed record CoxWithinStep(
    [property: ColumnNames]
    [property: Description("The columns that the model names.")]
    IReadOnlyList<string> Columns,
    [property: Description("On what the sites agreed.")] SurvivalSpec Model,
    [property: Description("efron or breslow.")] string Ties,
    [property: Description("The coefficients so far.")] ExactSums Coefficients) : IArguments
{
    /// <inheritdoc/>
    public void Check()
    {
        CoxTies.ThrowIfOther(Ties);
        SurvivalQuestion.ThrowIfOtherColumns(Columns, Model.Parsed());
    }
}
