using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Glm;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Ridge;

/// <summary>
/// Ridge regression over the rows of all sites. The sites agree on types and levels; a gaussian model then needs the sums of
/// products of <c>linear</c> once for all penalties, a binomial one the rounds of <c>logistic</c>.
/// </summary>
public static class RidgeModel
{
    /// <summary>Every later round of a binomial model at a site.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a value has no place in the agreed model.</remarks>
    public static PartialFunction<GlmStep, GlmPartial> Scores { get; } = GlmAtSite.Function(
        "scores", "Score and information of a logistic model at one site, for given coefficients.", _ => BinomialLogit.Instance);

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers in every round.</remarks>
    public static CentralFunction<RidgeArguments, RidgeResult> Central { get; } = Function.Central(
        "central",
        "A ridge model over all sites, by an R formula, for one or more penalties.",
        StatisticsJson.Default.RidgeArguments,
        StatisticsJson.Default.RidgeResult,
        RunAsync);

    /// <summary><c>ridge</c>: what is estimated, and in which unit, is in <see cref="RidgeResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "ridge",
        "1.0.0",
        "Ridge regression of a number or of one of two outcomes by an R formula.",
        typeof(RidgeModel).Assembly,
        FrameFunction.Partial,
        LinearModel.Partial,
        Scores,
        Central) { Warm = true };

    private static async Task<RidgeResult> RunAsync(
        IFederation federation, RidgeArguments arguments, CancellationToken cancellationToken)
    {
        var agreed = await Agreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var (model, fits) = arguments.IsBinary
            ? await LogisticAsync(federation, arguments, agreed, cancellationToken)
            : await LinearAsync(federation, arguments, agreed, cancellationToken);
        return new()
        {
            Formula = model.Question.Formula.Text,
            Family = arguments.Family,
            Scale = arguments.Scale,
            Sites = model.Sites,
            Rows = model.Rows,
            LeftOut = model.Sites.Sum(s => s.LeftOut),
            Levels = model.Levels,
            OutcomeLevels = model.OutcomeLevels,
            Fits = fits,
            Notes = [.. model.Notes, "Ridge estimates are drawn towards zero on purpose, so that no standard errors are given."],
        };
    }

    private static async Task<(AgreedModel Model, IReadOnlyList<RidgeFit> Fits)> LogisticAsync(
        IFederation federation, RidgeArguments arguments, AgreedModel model, CancellationToken cancellationToken)
    {
        var rounds = new GlmRounds(federation, Algorithm, Scores, model, null);
        var fits = await new RidgeLogistic(rounds, arguments).RunAsync(cancellationToken);
        return (rounds.Model, fits);
    }

    private static async Task<(AgreedModel Model, IReadOnlyList<RidgeFit> Fits)> LinearAsync(
        IFederation federation, RidgeArguments arguments, AgreedModel model, CancellationToken cancellationToken)
    {
        var step = new LinearStep(model.Question.Columns, model.Spec);
        var partials = await federation.RunAsync(Algorithm, LinearModel.Partial, step, cancellationToken);
        return RidgeLinear.Combine(model, arguments, partials.All());
    }
}
