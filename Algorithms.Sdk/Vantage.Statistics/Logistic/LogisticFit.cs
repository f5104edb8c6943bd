using Vantage.Algorithms.Functions;
using Vantage.Statistics.Distributions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Logistic;

/// <summary>Makes the result of what Newton's method ended with.</summary>
internal static class LogisticFit
{
    public static void ThrowIfConstant(ModelQuestion question, LogisticState state)
    {
        if (state.Successes > 0 && state.Successes < state.Weights)
            return;
        throw new DataInvalidException(
            $"The outcome '{question.Formula.Outcome.Label}' is the same in all complete rows of all sites: there is nothing to explain.");
    }

    public static LogisticResult Result(
        AgreedModel model, double confidenceLevel, NewtonMethod newton, LogisticState state, NewtonOutcome outcome)
    {
        var names = model.Design.Columns.Select(c => c.Name).ToList();
        var separation = Separation(names, newton, outcome);
        var estimates = outcome == NewtonOutcome.Separated
            ? Estimates.None(names)
            : Known(names, newton, separation?.Terms ?? [], confidenceLevel);
        var rank = (newton.Before ?? newton).Kept.Count;
        double? logLikelihood = outcome == NewtonOutcome.Separated ? null : state.Sum(LogisticSums.LogLikelihood);
        return new()
        {
            Formula = model.Question.Formula.Text,
            Family = "binomial",
            Link = "logit",
            Sites = model.Sites,
            Rows = model.Rows,
            LeftOut = model.Sites.Sum(s => s.LeftOut),
            Levels = model.Levels,
            OutcomeLevels = model.OutcomeLevels,
            Coefficients = estimates.Coefficients,
            StandardErrors = estimates.StandardErrors,
            Statistics = estimates.Statistics,
            PValues = estimates.PValues,
            ConfidenceLevel = confidenceLevel,
            ConfidenceIntervals = estimates.ConfidenceIntervals,
            Covariance = estimates.Covariance,
            Collinear = [.. names.Where((_, i) => !(newton.Before ?? newton).Kept.Contains(i))],
            Separation = separation,
            Converged = outcome == NewtonOutcome.Found,
            Iterations = newton.Iterations + (newton.Before?.Iterations ?? 0),
            Dispersion = 1,
            DegreesOfFreedom = state.Used - rank,
            Deviance = outcome == NewtonOutcome.Separated ? null : state.Deviance,
            NullDeviance = newton.Null.Deviance,
            LogLikelihood = logLikelihood,
            Aic = (-2 * logLikelihood) + (2 * rank),
            Bic = (-2 * logLikelihood) + (Math.Log(model.Rows) * rank),
        };
    }

    private static SeparationFound? Separation(List<string> names, NewtonMethod newton, NewtonOutcome outcome)
    {
        var all = (newton.Before ?? newton).Kept;
        if (outcome == NewtonOutcome.Separated)
            return new(SeparationFound.Complete, [.. all.Select(i => names[i])]);
        return newton.Before is not null
            ? new(SeparationFound.QuasiComplete, [.. Undetermined.Of(newton.Start!, all, newton.Kept).Select(i => names[i])])
            : null;
    }

    private static Estimates Known(
        List<string> names, NewtonMethod newton, IReadOnlyList<string> infinite, double confidenceLevel)
    {
        var equations = newton.Equations!;
        var finite = equations.Kept.Select((column, place) => (column, place)).Where(k => !infinite.Contains(names[k.column])).ToList();
        var inverse = equations.Inverse();
        return new(
            names,
            [.. finite.Select(f => f.column)],
            [.. finite.Select(f => newton.Value(f.column))],
            (i, j) => inverse[finite[i].place, finite[j].place],
            Tails.Normal,
            Tails.NormalQuantile(1 - confidenceLevel));
    }
}
