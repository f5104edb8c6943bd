using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Ridge;

/// <param name="Formula">The model, in R's notation: <c>y ~ x1 + x2</c>. The intercept is not penalised.</param>
/// <param name="Lambda">The penalties, each at least 0; there is one fit for each.</param>
/// <param name="Family"><c>gaussian</c>: the outcome is a number. <c>binomial</c>: it is one of two.</param>
/// <param name="Scale">
/// In which unit a penalty is told. <c>glmnet</c>: as R's <c>glmnet(alpha = 0)</c>, columns standardised by the root of their mean
/// squared deviation, the loss divided by the number of rows, and of a gaussian model by the outcome's deviation. <c>mass</c>:
/// as MASS's <c>lm.ridge</c>, the loss a sum of squares; gaussian only.
/// </param>
/// <param name="Weights">A column of weights, not negative; rows of weight 0 take no part.</param>
/// <param name="Reference">By column: the level that the others are compared with.</param>
/// <param name="MaxIterations">Steps of Newton's method for each penalty of a binomial model.</param>
/// <param name="Tolerance">The relative change of the penalised deviance at which to stop.</param>
public sealed record RidgeArguments(
    [property: Description(RegressionArguments.FormulaText)] string Formula,
    [property: Description("The penalties, such as [0.1, 1, 10].")] IReadOnlyList<double> Lambda,
    [property: Description("'gaussian' or 'binomial'.")] string Family = "gaussian",
    [property: Description("'glmnet' or 'mass': whose penalties these are.")] string Scale = RidgeScale.Glmnet,
    [property: Description(RegressionArguments.WeightsText)] string? Weights = null,
    [property: Description(RegressionArguments.ReferenceText)] IReadOnlyDictionary<string, string>? Reference = null,
    [property: Description(RegressionArguments.StepsText)] int MaxIterations = RegressionArguments.Steps,
    [property: Description(RegressionArguments.ToleranceText)] double Tolerance = 1e-14) : IArguments
{
    private const int Most = 100;

    /// <inheritdoc/>
    public void Check()
    {
        if (Lambda.Count is < 1 or > Most || Lambda.Any(l => !(l >= 0 && double.IsFinite(l))))
            throw new ArgumentsInvalidException("lambda", $"1 to {Most} penalties, each at least 0, such as [0.1, 1].");
        if (Family is not ("gaussian" or "binomial"))
            throw new ArgumentsInvalidException("family", "'gaussian' or 'binomial'.");
        if (Scale != RidgeScale.Glmnet && (Scale != RidgeScale.Mass || IsBinary))
            throw new ArgumentsInvalidException("scale", "'glmnet', or for a gaussian model 'mass'.");
        Rule();
        var formula = Question().Formula;
        if (IsBinary && formula.Offsets.Count > 0)
            throw new ArgumentsInvalidException("formula", "a binomial ridge model has no offset.");
        if (!formula.Intercept)
            throw new ArgumentsInvalidException("formula", "a ridge model has an intercept, which is not penalised: leave out '- 1' or '0 +'.");
    }

    internal bool IsBinary => Family == "binomial";

    internal ModelQuestion Question() =>
        RegressionArguments.Check(Formula, Weights, Reference, 0.95, IsBinary ? null : "ridge");

    internal StoppingRule Rule() => RegressionArguments.Rule(Tolerance, MaxIterations);
}
