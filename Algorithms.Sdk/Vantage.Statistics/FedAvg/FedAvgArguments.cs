using System.ComponentModel;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.FedAvg;

/// <param name="Formula">The model, in R's notation.</param>
/// <param name="Family"><c>gaussian</c>, <c>binomial</c> or <c>poisson</c>, with the link of R's default.</param>
/// <param name="Rounds">Most rounds.</param>
/// <param name="LocalSteps">Steps of gradient descent that a site makes over all its rows before it answers.</param>
/// <param name="LearningRate">The step by the gradient of the mean loss of a site's rows.</param>
/// <param name="Mu">
/// FedProx's μ: how strongly a site is held to the coefficients that it was sent, by μ/2 of the squared distance from them. 0: FedAvg.
/// </param>
/// <param name="Standardise">
/// Whether columns are centred and scaled by the mean and deviation of all rows first, without which one learning rate
/// seldom suits them all. The result is in the columns' own units either way.
/// </param>
/// <param name="Tolerance">The largest change of a coefficient in a round at which to stop, by the larger of 1 and the coefficient.</param>
/// <param name="Weights">A column of weights.</param>
/// <param name="Reference">By column: the level that the others are compared with.</param>
public sealed record FedAvgArguments(
    [property: Description(RegressionArguments.FormulaText)] string Formula,
    [property: Description(FedAvgArguments.FamilyText)] string Family = "binomial",
    [property: Description("Most rounds; 100 unless told.")] int Rounds = 100,
    [property: Description("Steps of a site over all its rows in a round; 1 unless told.")] int LocalSteps = 1,
    [property: Description("0.5 unless told.")] double LearningRate = 0.5,
    [property: Description("FedProx's mu; 0 unless told.")] double Mu = 0,
    [property: Description("Whether columns are centred and scaled first; true unless told.")] bool Standardise = true,
    [property: Description("The change of coefficients at which to stop; 1e-8 unless told.")] double Tolerance = 1e-8,
    [property: Description(RegressionArguments.WeightsText)] string? Weights = null,
    [property: Description(RegressionArguments.ReferenceText)] IReadOnlyDictionary<string, string>? Reference = null) : IArguments
{
    internal const string FamilyText = "'gaussian', 'binomial' or 'poisson'.";
    private const int MostRounds = 1000;
    internal const int MostSteps = 100;

    /// <inheritdoc/>
    public void Check()
    {
        if (Rounds is < 1 or > MostRounds)
            throw new ArgumentsInvalidException("rounds", $"between 1 and {MostRounds}.");
        if (!(Tolerance is >= 0 and < 1))
            throw new ArgumentsInvalidException("tolerance", "at least 0 and below 1, such as 1e-8.");
        CheckSteps(Family, LocalSteps, LearningRate, Mu);
        if (Standardise && !Question().Formula.Intercept)
            throw new ArgumentsInvalidException("standardise", "columns are centred only beside an intercept: say false, or leave out '- 1'.");
    }

    internal ModelQuestion Question() =>
        RegressionArguments.Check(Formula, Weights, Reference, 0.95, Family == "binomial" ? null : Family);

    internal static void CheckSteps(string family, int localSteps, double learningRate, double mu)
    {
        if (Of(family) is null)
            throw new ArgumentsInvalidException("family", FamilyText);
        if (localSteps is < 1 or > MostSteps)
            throw new ArgumentsInvalidException("localSteps", $"between 1 and {MostSteps}.");
        if (!(learningRate > 0 && double.IsFinite(learningRate)))
            throw new ArgumentsInvalidException("learningRate", "above zero, such as 0.5.");
        if (!(mu >= 0 && double.IsFinite(mu)))
            throw new ArgumentsInvalidException("mu", "at least 0.");
    }

    internal static Family? Of(string family) => family switch
    {
        "gaussian" => GaussianIdentity.Instance,
        "binomial" => BinomialLogit.Instance,
        "poisson" => PoissonLog.Instance,
        _ => null,
    };
}
