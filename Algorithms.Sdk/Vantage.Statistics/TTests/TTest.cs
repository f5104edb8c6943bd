using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.TTests;

/// <summary>
/// Student's t-tests over the rows of all sites: Welch's, pooled, paired and of one mean, in two rounds. The sites agree on
/// the groups, then each returns the count, mean and M2 of each.
/// </summary>
public static class TTest
{
    /// <summary>The second round at a site: count, mean and M2 of each group.</summary>
    /// <remarks>Fails with <c>data-invalid</c> where a row has a group that was not there when the sites agreed.</remarks>
    public static PartialFunction<GroupsStep, GroupsPartial> Partial { get; } = Function.Partial(
        "partial",
        "Count, mean and sum of squares of each group at one site.",
        StatisticsJson.Default.GroupsStep,
        StatisticsJson.Default.GroupsPartial,
        (context, step, data, cancellationToken) => GroupsAtSite.ComputeAsync(step, data.Single, context.Disclosure, cancellationToken));

    /// <remarks>Throws <see cref="SitesFailedException"/> unless every site answers.</remarks>
    public static CentralFunction<TTestArguments, TTestResult> Central { get; } = Function.Central(
        "central",
        "Welch's, pooled, paired and one-sample t-tests over all sites.",
        StatisticsJson.Default.TTestArguments,
        StatisticsJson.Default.TTestResult,
        RunAsync);

    /// <summary><c>ttest</c>: what is told is in <see cref="TTestResult"/>.</summary>
    public static Algorithm Algorithm { get; } = new(
        "ttest",
        "1.0.0",
        "Tests of one mean, or of the difference of two.",
        typeof(TTest).Assembly,
        FrameFunction.Partial,
        Partial,
        Central) { Warm = true };

    private static async Task<TTestResult> RunAsync(
        IFederation federation, TTestArguments arguments, CancellationToken cancellationToken)
    {
        var model = await Agreement.ReachAsync(federation, Algorithm, arguments.Question(), cancellationToken);
        var step = new GroupsStep(model.Question.Columns, model.Spec);
        var partials = await federation.RunAsync(Algorithm, Partial, step, cancellationToken);
        (model, var told) = Withholding.Without(model, partials.All());
        return TTestCombine.Combine(model, arguments, told);
    }
}
