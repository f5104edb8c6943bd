using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Poisson;

/// <summary>
/// Poisson regression over the rows of all sites. The sites agree on types and levels; then every round is one step of
/// iteratively reweighted least squares, each site returning score and information at the coefficients so far.
/// </summary>
public static class PoissonModel
{
    /// <summary>Every later round at a site: log-likelihood, score and Fisher information at the coefficients of that round.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a value has no place in the agreed model.</remarks>
    public static PartialFunction<GlmStep, GlmPartial> Partial { get; } = GlmAtSite.Function(
        "Score and information of a Poisson model at one site, for given coefficients.", _ => PoissonLog.Instance);

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers in every round.</remarks>
    public static CentralFunction<PoissonArguments, PoissonResult> Central { get; } = Function.Central(
        "central",
        "A Poisson model over all sites, by an R formula.",
        StatisticsJson.Default.PoissonArguments,
        StatisticsJson.Default.PoissonResult,
        RunAsync);

    /// <summary><c>poisson</c>: what is estimated, and in which unit, is in <see cref="PoissonResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "poisson",
        "1.0.0",
        "Poisson regression of counts and rates by an R formula.",
        typeof(PoissonModel).Assembly,
        FrameFunction.Partial,
        Partial,
        Central) { Warm = true };

    private static async Task<PoissonResult> RunAsync(
        IFederation federation, PoissonArguments arguments, CancellationToken cancellationToken)
    {
        var model = await Agreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var rounds = new GlmRounds(federation, Algorithm, Partial, model, null);
        var found = await GlmSearch.RunAsync(rounds, PoissonLog.Instance, arguments.Rule(), cancellationToken);
        return new(GlmFit.Result(rounds.Model, arguments.ConfidenceLevel, found));
    }
}
