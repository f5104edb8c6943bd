using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.TTests;

/// <summary>Puts the groups of all sites together and tests. The order of the sites shows in no bit.</summary>
internal static class TTestCombine
{
    public static TTestResult Combine(
        AgreedModel model, TTestArguments arguments, IReadOnlyList<SiteValue<GroupsPartial>> partials)
    {
        var levels = model.Question.Formula.Variables is [var factor] ? model.Spec.Levels[factor.Label] : null;
        if (levels is { Count: > 2 })
        {
            throw new DataInvalidException($"'{model.Question.Formula.Variables[0].Label}' has {levels.Count} levels, and a"
                + " t-test compares two groups. An analysis of variance (anova) compares more.");
        }

        foreach (var partial in partials)
            ThrowIfImpossible(partial, levels?.Count ?? 1, model);
        var groups = Enumerable.Range(0, levels?.Count ?? 1)
            .Select(i => GroupMoments.Merge(partials.Select(p => p.Value.Groups[i]))).ToList();
        var difference = groups is [var a, var b]
            ? MeanDifference.OfTwo(a, b, arguments.EqualVariances)
            : MeanDifference.OfOne(groups[0]);
        return Result(model, arguments, levels, groups, difference);
    }

    private static TTestResult Result(
        AgreedModel model,
        TTestArguments arguments,
        IReadOnlyList<string>? levels,
        List<Moments> groups,
        MeanDifference difference)
    {
        var test = new StudentTest(difference, arguments.Mean, arguments.Alternative, arguments.ConfidenceLevel);
        return new(
            arguments.Formula,
            levels is not null ? arguments.EqualVariances ? "pooled two-sample" : "Welch two-sample"
                : arguments.Formula.TrimStart().StartsWith("Pair(", StringComparison.Ordinal) ? "paired" : "one-sample",
            model.Sites,
            model.Rows,
            model.Sites.Sum(s => s.LeftOut),
            [.. groups.Select((g, i) => new GroupSummary(
                levels?[i],
                g.Count,
                g.Mean.ToDouble(),
                g.Count > 1 ? Math.Sqrt((g.M2 / (g.Count - 1)).ToDouble()) : null))],
            difference.Estimate,
            arguments.Mean,
            difference.StandardError,
            test.Statistic,
            test.DegreesOfFreedom,
            test.PValue,
            arguments.Alternative,
            arguments.ConfidenceLevel,
            test.Interval,
            test.Statistic is null
                ? [.. model.Notes, "All values of each group are the same: their difference has no error, and nothing can be tested."]
                : model.Notes);
    }

    private static void ThrowIfImpossible(SiteValue<GroupsPartial> partial, int groups, AgreedModel model)
    {
        var value = partial.Value;
        PartialCheck.ThrowIfOtherRows(partial.Site, value.Rows, value.Rows, model);
        if (value.Groups.Count != groups || value.Groups.Any(g => !g.IsPossible || g.Count > value.Rows)
            || value.Groups.Sum(g => g.Count) != value.Rows)
        {
            throw FrameCheck.Impossible(partial.Site, "its groups contradict each other");
        }
    }
}
