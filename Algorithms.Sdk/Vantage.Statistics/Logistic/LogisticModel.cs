using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Logistic;

/// <summary>
/// Logistic regression over the rows of all sites. The sites agree on types and levels; then every round is one step of
/// iteratively reweighted least squares, each site returning score and information at the coefficients so far.
/// </summary>
public static class LogisticModel
{
    /// <summary>Every later round at a site: log-likelihood, score and Fisher information at the coefficients of that round.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a value has no place in the agreed model.</remarks>
    public static PartialFunction<GlmStep, GlmPartial> Partial { get; } = GlmAtSite.Function(
        "Score and information of a logistic model at one site, for given coefficients.", _ => BinomialLogit.Instance);

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers in every round.</remarks>
    public static CentralFunction<LogisticArguments, LogisticResult> Central { get; } = Function.Central(
        "central",
        "A logistic model over all sites, by an R formula.",
        StatisticsJson.Default.LogisticArguments,
        StatisticsJson.Default.LogisticResult,
        RunAsync);

    /// <summary><c>logistic</c>: what is estimated, and in which unit, is in <see cref="LogisticResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "logistic",
        "1.0.0",
        "Logistic regression by an R formula.",
        typeof(LogisticModel).Assembly,
        FrameFunction.Partial,
        Partial,
        Central) { Warm = true };

    private static async Task<LogisticResult> RunAsync(
        IFederation federation, LogisticArguments arguments, CancellationToken cancellationToken)
    {
        var model = await Agreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var rounds = new GlmRounds(federation, Algorithm, Partial, model, null);
        var found = await GlmSearch.RunAsync(rounds, BinomialLogit.Instance, arguments.Rule(), cancellationToken);
        return new(GlmFit.Result(rounds.Model, arguments.ConfidenceLevel, found));
    }
}
