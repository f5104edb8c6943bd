using Vantage.Algorithms.Federations;
using Vantage.Statistics.Distributions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Numerics;
using Vantage.Statistics.Regressions;

namespace Vantage.Statistics.Linear;

/// <summary>
/// Puts the partials of sites together and solves. The result does not depend on the order of the sites, and on how
/// rows are spread over them in the last digit at most.
/// </summary>
internal static class LinearCombine
{
    /// <summary>R's <c>lm</c> has the same.</summary>
    private const double Tolerance = 1e-7;

    /// <summary>Of sums with 15 digits, less is what rounding left.</summary>
    private const double RoundedTolerance = 1e-6;

    public static LinearResult Combine(
        AgreedModel model, double confidenceLevel, IReadOnlyList<SiteValue<LinearPartial>> partials)
    {
        (model, partials) = Withholding.Without(model, partials);
        foreach (var partial in partials)
            LinearCheck.ThrowIfImpossible(partial, model);
        PartialCheck.ThrowIfNothingWeighs(model, partials.Select(p => p.Value.Used));

        var width = model.Design.Columns.Count;
        var formula = model.Question.Formula;
        var size = LinearPartial.Size(width, formula.Offsets.Count > 0);
        var products = new SymmetricMatrix(size, ExactSums.Add(partials.Select(p => p.Value.Products)));
        var equations = NormalEquations.Factorise(products, Enumerable.Range(0, width), model.IsRounded ? RoundedTolerance : Tolerance);
        var solution = equations.Solve(i => products[i, size - 1]);
        var fit = new LinearFit(
            equations.Kept.Count,
            partials.Sum(p => p.Value.Used),
            formula.Intercept,
            LinearSquares.Total(products, formula.Intercept),
            LinearSquares.Explained(products, equations.Kept, solution, width, formula.Intercept),
            equations.Rest(size - 1),
            ExactSums.Add(partials.Select(p => p.Value.LogWeights))[0].ToDouble());
        return Result(model, confidenceLevel, equations, solution, fit);
    }

    private static LinearResult Result(
        AgreedModel model, double confidenceLevel, NormalEquations equations, DoubleDouble[] solution, LinearFit fit)
    {
        var names = model.Design.Columns.Select(c => c.Name).ToList();
        var inverse = equations.Inverse();
        var variance = fit.Variance;
        var estimates = new Estimates(
            names,
            equations.Kept,
            [.. solution.Select(s => s.ToDouble())],
            (i, j) => variance * inverse[i, j],
            t => Tails.Student(t, fit.Freedom),
            variance is null ? 0 : Tails.StudentQuantile(1 - confidenceLevel, fit.Freedom));
        var result = new LinearResult
        {
            Formula = model.Question.Formula.Text,
            Family = "gaussian",
            Link = "identity",
            Sites = model.Sites,
            Rows = model.Rows,
            LeftOut = model.Sites.Sum(s => s.LeftOut),
            Levels = model.Levels,
            OutcomeLevels = null,
            Coefficients = estimates.Coefficients,
            StandardErrors = estimates.StandardErrors,
            Statistics = estimates.Statistics,
            PValues = estimates.PValues,
            ConfidenceLevel = confidenceLevel,
            ConfidenceIntervals = estimates.ConfidenceIntervals,
            Covariance = estimates.Covariance,
            Collinear = [.. names.Where((_, i) => !equations.Kept.Contains(i))],
            Separation = null,
            Converged = true,
            Iterations = 1,
            Dispersion = variance,
            DegreesOfFreedom = fit.Freedom,
            Deviance = fit.Residual,
            NullDeviance = fit.Total,
            LogLikelihood = fit.LogLikelihood,
            Aic = fit.Aic,
            Bic = fit.Bic,
            RSquared = fit.RSquared,
            AdjustedRSquared = fit.AdjustedRSquared,
            ResidualStandardError = variance is { } v ? Math.Sqrt(v) : null,
            FStatistic = fit.F,
        };
        return result with { Notes = [.. model.Notes, .. RegressionNotes.Of(result)] };
    }
}
