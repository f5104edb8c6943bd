using System.ComponentModel;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.FedAvg;

/// <summary>What a site is asked in each round, once the sites have agreed.</summary>
/// <param name="Columns">The columns that the model names: no others may be read.</param>
/// <param name="Model">On what they agreed.</param>
/// <param name="Family">Of the outcome.</param>
/// <param name="Coefficients">Where all sites begin, of centred and scaled columns.</param>
/// <param name="Centres">What is taken from each column first.</param>
/// <param name="Scales">By what it is divided then.</param>
/// <param name="LocalSteps">How many steps to make.</param>
/// <param name="LearningRate">How long they are.</param>
/// <param name="Mu">How strongly they are held to where they began.</param>
public sealed record FedAvgStep(
    [property: ColumnNames]
    [property: Description("The columns that the model names.")]
    IReadOnlyList<string> Columns,
    [property: Description("The model on which the sites agreed.")] ModelSpec Model,
    [property: Description(FedAvgArguments.FamilyText)] string Family,
    [property: Description("Where to begin.")] IReadOnlyList<double> Coefficients,
    [property: Description("What is taken from each column.")] IReadOnlyList<double> Centres,
    [property: Description("By what it is divided.")] IReadOnlyList<double> Scales,
    [property: Description("Steps to make.")] int LocalSteps,
    [property: Description("How long they are.")] double LearningRate,
    [property: Description("FedProx's mu.")] double Mu) : IArguments
{
    /// <inheritdoc/>
    public void Check()
    {
        ModelColumns.ThrowIfOthers(Columns, Formulas.Formula.Parse(Model.Formula), Model.Weights);
        FedAvgArguments.CheckSteps(Family, LocalSteps, LearningRate, Mu);
        if (Scales.Any(s => s == 0))
            throw new ArgumentsInvalidException("scales", "not zero.");
    }
}

/// <summary>What a site is asked so that columns can be centred and scaled.</summary>
/// <param name="Columns">The columns that the model names: no others may be read.</param>
/// <param name="Model">On what the sites agreed.</param>
public sealed record FedAvgMomentsStep(
    [property: ColumnNames]
    [property: Description("The columns that the model names.")]
    IReadOnlyList<string> Columns,
    [property: Description("The model on which the sites agreed.")] ModelSpec Model) : IArguments
{
    /// <inheritdoc/>
    public void Check() => ModelColumns.ThrowIfOthers(Columns, Formulas.Formula.Parse(Model.Formula), Model.Weights);
}

/// <summary>What one site returns of its columns. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Complete rows.</param>
/// <param name="Used">Those whose weight is not 0.</param>
/// <param name="Weight">Σw, one sum.</param>
/// <param name="Sums">Σwx of each column.</param>
/// <param name="Squares">Σwx².</param>
/// <param name="Suppressed">What the site's rules forbid: then the sums are zero, and its rows take no part.</param>
public sealed record FedAvgMoments(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Count)] long Used,
    [property: Discloses(DisclosureKind.Statistic)] ExactSums Weight,
    [property: Discloses(DisclosureKind.Parameters)] ExactSums Sums,
    [property: Discloses(DisclosureKind.Parameters)] ExactSums Squares,
    [property: Discloses(DisclosureKind.Suppressed)] IReadOnlyList<Suppressed>? Suppressed = null) : IWithholding;

/// <summary>What one site returns in a round. It leaves the site only through the node's disclosure control.</summary>
/// <param name="Rows">Complete rows.</param>
/// <param name="Used">Those whose weight is not 0.</param>
/// <param name="Weight">Σw: how much its coefficients count.</param>
/// <param name="Coefficients">After its steps.</param>
/// <param name="Loss">Half the deviance at the coefficients that it was sent.</param>
/// <param name="Suppressed">What the site's rules forbid: then it tells nothing, and its rows take no part.</param>
public sealed record FedAvgPartial(
    [property: Discloses(DisclosureKind.Rows)] long Rows,
    [property: Discloses(DisclosureKind.Count)] long Used,
    [property: Discloses(DisclosureKind.Statistic)] double Weight,
    [property: Discloses(DisclosureKind.Parameters)] IReadOnlyList<double> Coefficients,
    [property: Discloses(DisclosureKind.Statistic)] double Loss,
    [property: Discloses(DisclosureKind.Suppressed)] IReadOnlyList<Suppressed>? Suppressed = null) : IWithholding;
