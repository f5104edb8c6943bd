using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Gamma;

/// <summary>
/// Gamma regression over the rows of all sites. The sites agree on types and levels; then every round is one step of
/// iteratively reweighted least squares, each site returning score and information at the coefficients so far.
/// </summary>
public static class GammaModel
{
    /// <summary>Every later round at a site: log-likelihood, score and Fisher information at the coefficients of that round.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a value has no place in the agreed model.</remarks>
    public static PartialFunction<GlmStep, GlmPartial> Partial { get; } = GlmAtSite.Function(
        "Score and information of a Gamma model at one site, for given coefficients.", step => GammaFamily.Of(step.Link) ?? throw new ArgumentsInvalidException("link", "'inverse' or 'log'."));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers in every round.</remarks>
    public static CentralFunction<GammaArguments, GammaResult> Central { get; } = Function.Central(
        "central",
        "A Gamma model over all sites, by an R formula.",
        StatisticsJson.Default.GammaArguments,
        StatisticsJson.Default.GammaResult,
        RunAsync);

    /// <summary><c>gamma</c>: what is estimated, and in which unit, is in <see cref="GammaResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "gamma",
        "1.0.0",
        "Gamma regression by an R formula.",
        typeof(GammaModel).Assembly,
        FrameFunction.Partial,
        Partial,
        Central) { Warm = true };

    private static async Task<GammaResult> RunAsync(
        IFederation federation, GammaArguments arguments, CancellationToken cancellationToken)
    {
        var model = await Agreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var rounds = new GlmRounds(federation, Algorithm, Partial, model, arguments.Link);
        var found = await GlmSearch.RunAsync(rounds, arguments.Family(), arguments.Rule(), cancellationToken);
        return new(GlmFit.Result(rounds.Model, arguments.ConfidenceLevel, found));
    }
}
