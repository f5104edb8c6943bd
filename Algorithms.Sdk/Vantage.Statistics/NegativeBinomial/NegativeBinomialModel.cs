using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.NegativeBinomial;

/// <summary>
/// Negative binomial regression over the rows of all sites. The sites agree on types and levels; then every round is one step of
/// iteratively reweighted least squares, first of a Poisson model and then, θ climbing along, of the negative binomial one.
/// </summary>
public static class NegativeBinomialModel
{
    /// <summary>Every later round at a site: log-likelihood, score and Fisher information at the coefficients of that round.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a value has no place in the agreed model.</remarks>
    public static PartialFunction<GlmStep, GlmPartial> Partial { get; } = GlmAtSite.Function(
        "Score and information of a negative binomial model at one site, for given coefficients.", step => step.Theta is { } theta ? new NegativeBinomialLog(theta) : PoissonLog.Instance);

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers in every round.</remarks>
    public static CentralFunction<NegativeBinomialArguments, NegativeBinomialResult> Central { get; } = Function.Central(
        "central",
        "A negative binomial model over all sites, by an R formula.",
        StatisticsJson.Default.NegativeBinomialArguments,
        StatisticsJson.Default.NegativeBinomialResult,
        RunAsync);

    /// <summary><c>negbin</c>: what is estimated, and in which unit, is in <see cref="NegativeBinomialResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "negbin",
        "1.0.0",
        "Negative binomial regression of overdispersed counts by an R formula.",
        typeof(NegativeBinomialModel).Assembly,
        FrameFunction.Partial,
        Partial,
        Central) { Warm = true };

    private static async Task<NegativeBinomialResult> RunAsync(
        IFederation federation, NegativeBinomialArguments arguments, CancellationToken cancellationToken)
    {
        var model = await Agreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var rounds = new GlmRounds(federation, Algorithm, Partial, model, null);
        var rule = arguments.Rule();
        var (found, theta) = await rounds.SettleAsync(async () => await ThetaSearch.RunAsync(
            rounds, await GlmSearch.RunAsync(rounds, PoissonLog.Instance, rule, cancellationToken), rule, cancellationToken));
        return NegativeBinomialResult.Of(GlmFit.Result(rounds.Model, arguments.ConfidenceLevel, found), theta);
    }
}
