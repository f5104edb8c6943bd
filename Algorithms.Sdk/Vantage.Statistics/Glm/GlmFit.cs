using Vantage.Statistics.Distributions;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Glm;

/// <summary>Makes the result of what a search ended with.</summary>
internal static class GlmFit
{
    public static FittedModel Result(AgreedModel model, double confidenceLevel, GlmFound found)
    {
        var (family, state, outcome, nullModel) = found;
        var names = model.Design.Columns.Select(c => c.Name).ToList();
        var freedom = state.Used - found.Kept.Count;
        double? dispersion = !family.HasDispersion ? 1 : freedom > 0 ? state.Sum(GlmSums.Pearson) / freedom : null;
        var isSeparated = outcome == NewtonOutcome.Separated;
        var estimates = isSeparated
            ? Estimates.None(names)
            : Known(names, found, new(dispersion, family.HasDispersion ? freedom : null, confidenceLevel));
        double? logLikelihood = isSeparated ? null : LogLikelihood(family, state);
        var parameters = found.Kept.Count + family.FurtherParameters;
        var fitted = new FittedModel
        {
            Formula = model.Question.Formula.Text,
            Family = family.Name,
            Link = family.Link,
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
            Collinear = [.. names.Where((_, i) => !found.Kept.Contains(i))],
            Separation = Separation(names, found),
            Converged = outcome == NewtonOutcome.Found,
            Iterations = found.Iterations,
            Dispersion = dispersion,
            DegreesOfFreedom = freedom,
            Deviance = isSeparated ? null : state.Deviance,
            NullDeviance = nullModel.Deviance,
            LogLikelihood = logLikelihood,
            Aic = (-2 * logLikelihood) + (2 * parameters),
            Bic = (-2 * logLikelihood) + (Math.Log(model.Rows) * parameters),
        };
        return fitted with { Notes = [.. model.Notes, .. RegressionNotes.Of(fitted)] };
    }

    private static Estimates Known(List<string> names, GlmFound found, Spread spread)
    {
        var finite = found.Equations.Kept.Select((column, place) => (column, place))
            .Where(k => !found.Infinite.Contains(k.column)).ToList();
        var inverse = found.Equations.Inverse();
        return new(
            names,
            [.. finite.Select(f => f.column)],
            [.. finite.Select(f => found.Coefficients[f.column].ToDouble())],
            (i, j) => spread.Dispersion * inverse[finite[i].place, finite[j].place],
            spread.Tail,
            spread.Quantile);
    }

    private static SeparationFound? Separation(List<string> names, GlmFound found) =>
        found.Outcome == NewtonOutcome.Separated || found.IsPartlySeparated
            ? new(
                found.Outcome == NewtonOutcome.Separated ? SeparationFound.Complete : SeparationFound.QuasiComplete,
                [.. found.Infinite.Select(i => names[i])])
            : null;

    private static double? LogLikelihood(Family family, GlmState state) => family is GammaFamily
        ? GammaFamily.LogLikelihood(state)
        : state.Sum(GlmSums.LogLikelihood);
}

/// <summary>By which distribution estimates are judged.</summary>
/// <param name="Dispersion">Null where it cannot be told.</param>
/// <param name="Freedom">Of Student's distribution, where the dispersion is estimated; null for the normal one.</param>
/// <param name="ConfidenceLevel">Of intervals.</param>
internal sealed record Spread(double? Dispersion, long? Freedom, double ConfidenceLevel)
{
    public double Quantile => Freedom switch
    {
        null => Tails.NormalQuantile(1 - ConfidenceLevel),
        > 0 => Tails.StudentQuantile(1 - ConfidenceLevel, Freedom.Value),
        _ => 0,
    };

    public double Tail(double statistic) =>
        Freedom is { } freedom ? Tails.Student(statistic, freedom) : Tails.Normal(statistic);
}
