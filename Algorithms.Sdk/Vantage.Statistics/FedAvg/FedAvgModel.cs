using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.FedAvg;

/// <summary>
/// Generalised linear models by federated averaging: in each round every site makes some steps of gradient descent over all its
/// rows, and the sites' coefficients are averaged by their weight of rows. One step a round is gradient descent over the rows of
/// all sites.
/// </summary>
public static class FedAvgModel
{
    /// <summary>Before the first round, at a site: sums and sums of squares of the columns.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a value has no place in the agreed model.</remarks>
    public static PartialFunction<FedAvgMomentsStep, FedAvgMoments> Moments { get; } = Function.Partial(
        "moments",
        "Sums and sums of squares of the columns of a model at one site.",
        StatisticsJson.Default.FedAvgMomentsStep,
        StatisticsJson.Default.FedAvgMoments,
        (context, step, data, cancellationToken) => FedAvgAtSite.MomentsAsync(context.Disclosure, step, data.Single, cancellationToken));

    /// <summary>A round at a site: coefficients after its own steps.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a value has no place in the agreed model, or the steps lead nowhere.</remarks>
    public static PartialFunction<FedAvgStep, FedAvgPartial> Partial { get; } = Function.Partial(
        "partial",
        "Coefficients of a model after steps of gradient descent at one site.",
        StatisticsJson.Default.FedAvgStep,
        StatisticsJson.Default.FedAvgPartial,
        (context, step, data, cancellationToken) => FedAvgAtSite.StepAsync(context.Disclosure, step, data.Single, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers in every round.</remarks>
    public static CentralFunction<FedAvgArguments, FedAvgResult> Central { get; } = Function.Central(
        "central",
        "A generalised linear model by federated averaging or FedProx.",
        StatisticsJson.Default.FedAvgArguments,
        StatisticsJson.Default.FedAvgResult,
        RunAsync);

    /// <summary><c>fedavg</c>: what is estimated, and in which unit, is in <see cref="FedAvgResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "fedavg",
        "1.0.0",
        "Generalised linear models by federated averaging (FedAvg, FedProx).",
        typeof(FedAvgModel).Assembly,
        FrameFunction.Partial,
        Moments,
        Partial,
        Central) { Warm = true };

    private static async Task<FedAvgResult> RunAsync(
        IFederation federation, FedAvgArguments arguments, CancellationToken cancellationToken)
    {
        var model = await Agreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var names = model.Design.Columns.Select(c => c.Name).ToList();
        var (centres, scales) = await ScalingAsync(federation, arguments, model, cancellationToken);
        var coefficients = new double[names.Count];
        var losses = new List<double>();
        var isStill = false;
        var held = new HeldSites<FedAvgPartial>();
        while (losses.Count < arguments.Rounds && !isStill)
        {
            var step = new FedAvgStep(
                model.Question.Columns, model.Spec, arguments.Family, coefficients, centres, scales, arguments.LocalSteps,
                arguments.LearningRate, arguments.Mu);
            var partials = await federation.RunAsync(Algorithm, Partial, step, cancellationToken);
            (model, var answers) = Withholding.Without(model, held.Settle(partials.All()));
            var (next, loss) = FedAvgCombine.Average(model, answers);
            isStill = next.Zip(coefficients).All(c => Math.Abs(c.First - c.Second) <= arguments.Tolerance * Math.Max(1, Math.Abs(c.First)));
            coefficients = next;
            losses.Add(loss);
        }

        return new()
        {
            Formula = model.Question.Formula.Text,
            Family = arguments.Family,
            Sites = model.Sites,
            Rows = model.Rows,
            LeftOut = model.Sites.Sum(s => s.LeftOut),
            Levels = model.Levels,
            OutcomeLevels = model.OutcomeLevels,
            Coefficients = OwnUnits(names, coefficients, centres, scales),
            Losses = losses,
            Converged = isStill,
            Rounds = losses.Count,
            Notes = [.. model.Notes, .. Notes(arguments, isStill)],
        };
    }

    private static async Task<(double[] Centres, double[] Scales)> ScalingAsync(
        IFederation federation, FedAvgArguments arguments, AgreedModel model, CancellationToken cancellationToken)
    {
        if (arguments.Standardise)
        {
            var step = new FedAvgMomentsStep(model.Question.Columns, model.Spec);
            var partials = await federation.RunAsync(Algorithm, Moments, step, cancellationToken);
            var (told, answers) = Withholding.Without(model, partials.All());
            return FedAvgCombine.Scaling(told, answers);
        }

        var scales = new double[model.Design.Columns.Count];
        Array.Fill(scales, 1);
        return (new double[scales.Length], scales);
    }

    private static Dictionary<string, double> OwnUnits(
        List<string> names, double[] coefficients, double[] centres, double[] scales)
    {
        var own = coefficients.Select((c, j) => c / scales[j]).ToArray();
        own[0] -= own.Select((c, j) => c * centres[j]).Sum();
        return names.Select((n, j) => KeyValuePair.Create(n, own[j])).ToDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Notes(FedAvgArguments arguments, bool isStill)
    {
        if (!isStill)
        {
            yield return $"The coefficients still moved after {arguments.Rounds} rounds: ask for more rounds, or for the exact model by"
                + " 'linear', 'logistic' or 'poisson'.";
        }

        if (arguments.LocalSteps > 1)
            yield return "With several steps a round, sites that differ draw the average away from the model of all rows.";
    }
}
