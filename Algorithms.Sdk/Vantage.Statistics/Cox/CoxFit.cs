using Vantage.Statistics.Distributions;
using Vantage.Statistics.Models.Frames;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Regressions;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox;

/// <summary>What remains when Newton's method has ended.</summary>
/// <param name="Rows">Rows that take part.</param>
/// <param name="Events">Those with the event.</param>
/// <param name="Notes">What sites held back.</param>
/// <param name="Concordance">Of all sites.</param>
/// <param name="Baseline">Null where event times do not leave the sites.</param>
/// <param name="Centre">For which it holds.</param>
internal sealed record CoxEnd(
    long Rows,
    long Events,
    IReadOnlyList<string> Notes,
    ConcordancePartial Concordance,
    IReadOnlyList<BaselineHazard>? Baseline,
    IReadOnlyList<double>? Centre);

/// <summary>Makes the result of it.</summary>
internal static class CoxFit
{
    public static CoxResult Result(AgreedSurvival model, Design design, CoxArguments arguments, CoxNewton newton, CoxEnd end)
    {
        var names = design.Columns.Select(c => c.Name).ToList();
        var equations = newton.Equations!;
        var finite = equations.Kept.Select((column, place) => (column, place)).Where(k => !newton.Monotone.Contains(k.column)).ToList();
        var inverse = equations.Inverse();
        var estimates = new Estimates(
            names,
            [.. finite.Select(f => f.column)],
            [.. finite.Select(f => newton.Value(f.column))],
            (i, j) => inverse[finite[i].place, finite[j].place],
            Tails.Normal,
            Tails.NormalQuantile(1 - arguments.ConfidenceLevel));
        var rank = newton.Kept.Count;
        return new()
        {
            Formula = model.Question.Formula.Text,
            Ties = arguments.Ties,
            StratifiedBySite = end.Centre is null,
            Sites = model.Sites,
            Rows = end.Rows,
            LeftOut = model.LeftOut,
            Events = end.Events,
            Levels = model.Levels,
            Coefficients = estimates.Coefficients,
            HazardRatios = Map(estimates.Coefficients, c => c is { } b ? Finite(Math.Exp(b)) : null),
            StandardErrors = estimates.StandardErrors,
            Statistics = estimates.Statistics,
            PValues = estimates.PValues,
            ConfidenceLevel = arguments.ConfidenceLevel,
            ConfidenceIntervals = estimates.ConfidenceIntervals,
            HazardRatioIntervals = Map<IReadOnlyList<double>?, IReadOnlyList<double>?>(estimates.ConfidenceIntervals, Ratios),
            Covariance = estimates.Covariance,
            Collinear = [.. names.Where((_, i) => !newton.Kept.Contains(i))],
            Monotone = [.. newton.Monotone.Select(i => names[i])],
            Converged = newton.Converged,
            Iterations = newton.Iterations,
            LogLikelihood = newton.LogLikelihood,
            NullLogLikelihood = newton.NullLogLikelihood,
            LikelihoodRatio = Test(2 * (newton.LogLikelihood - newton.NullLogLikelihood), rank),
            Wald = newton.Monotone.Count > 0 ? null : Test(Wald(newton, equations), rank),
            Score = Test(newton.ScoreStatistic, rank),
            Aic = (-2 * newton.LogLikelihood) + (2 * rank),
            Bic = (-2 * newton.LogLikelihood) + (Math.Log(end.Events) * rank),
            Concordance = Concordance(end.Concordance),
            Baseline = end.Baseline,
            Notes = [.. end.Notes, .. Remarks(newton, names)],
            Centre = end.Centre is { } centre ? names.Zip(centre).ToDictionary(p => p.First, p => p.Second) : null,
        };
    }

    private static IEnumerable<string> Remarks(CoxNewton newton, List<string> names)
    {
        if (newton.Monotone.Count > 0)
        {
            yield return $"The likelihood grows for ever along {string.Join(", ", newton.Monotone.Select(i => $"'{names[i]}'"))}: no"
                + " estimate exists. A level may be without events, or a column may order them without error.";
        }

        if (!newton.Converged)
            yield return "The estimates have not converged: allow more steps by 'maxIterations', or look for columns that nearly determine others.";
    }

    /// <summary>β'Iβ.</summary>
    private static double Wald(CoxNewton newton, NormalEquations equations)
    {
        var sum = 0.0;
        foreach (var i in equations.Kept)
        {
            foreach (var j in equations.Kept)
                sum += newton.Value(i) * newton.Value(j) * equations.Product(i, j);
        }

        return sum;
    }

    private static CoxTest? Test(double statistic, int rank) =>
        rank == 0 ? null : new(statistic, rank, Tails.ChiSquared(statistic, rank));

    private static Concordance? Concordance(ConcordancePartial pairs)
    {
        var all = pairs.Concordant + pairs.Discordant + pairs.Tied;
        return all == 0
            ? null
            : new((pairs.Concordant + (pairs.Tied / 2)) / all, pairs.Concordant, pairs.Discordant, pairs.Tied);
    }

    private static IReadOnlyList<double>? Ratios(IReadOnlyList<double>? bounds) =>
        bounds is [var low, var high] && double.IsFinite(Math.Exp(high)) ? [Math.Exp(low), Math.Exp(high)] : null;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static Dictionary<string, TTo> Map<TFrom, TTo>(IReadOnlyDictionary<string, TFrom> map, Func<TFrom, TTo> change) =>
        map.ToDictionary(p => p.Key, p => change(p.Value), StringComparer.Ordinal);
}
