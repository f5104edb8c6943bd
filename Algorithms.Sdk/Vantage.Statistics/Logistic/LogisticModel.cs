using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Logistic;

/// <summary>
/// Logistic regression over the rows of all sites. The sites agree on types and levels; then every round is one step of
/// iteratively reweighted least squares, each site returning score and information at the coefficients so far.
/// </summary>
public static class LogisticModel
{
    /// <summary>Every later round at a site: log-likelihood, score and Fisher information at the coefficients of that round.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a value has no place in the agreed model.</remarks>
    public static PartialFunction<LogisticStep, LogisticPartial> Partial { get; } = Function.Partial(
        "partial",
        "Score and information of a logistic model at one site, for given coefficients.",
        StatisticsJson.Default.LogisticStep,
        StatisticsJson.Default.LogisticPartial,
        (_, step, data, cancellationToken) => LogisticAtSite.ComputeAsync(step, data.Single, cancellationToken));

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
        var question = arguments.Question();
        var model = await Agreement.ReachAsync(federation, Algorithm, question, cancellationToken);
        var width = model.Design.Columns.Count;
        var newton = new NewtonMethod(
            width,
            arguments.Tolerance,
            arguments.MaxIterations,
            new(question.Formula.Intercept, question.Formula.Offsets.Count > 0));
        var without = new List<IReadOnlyList<double>>();
        while (true)
        {
            var step = new LogisticStep(
                question.Columns, model.Spec, newton.Coefficients, newton.Direction, without, newton.Null.Intercept);
            var partials = (await federation.RunAsync(Algorithm, Partial, step, cancellationToken)).All();
            foreach (var partial in partials)
                LogisticCheck.ThrowIfImpossible(partial, model);
            PartialCheck.ThrowIfNothingWeighs(model, partials.Select(p => p.Value.Used));
            var state = new LogisticState([.. partials.Select(p => p.Value)], width);
            LogisticFit.ThrowIfConstant(question, state);
            switch (newton.Take(state))
            {
                case NewtonOutcome.Continues:
                    break;
                case NewtonOutcome.PartlySeparated when without.Count < width:
                    without.Add(newton.Direction!);
                    newton = newton.WithoutSeparated();
                    break;
                case var end:
                    return LogisticFit.Result(model, arguments.ConfidenceLevel, newton, state, end);
            }
        }
    }
}
