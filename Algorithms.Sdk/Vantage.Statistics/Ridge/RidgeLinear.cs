using Vantage.Algorithms.Federations;
using Vantage.Statistics.Linear;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Ridge;

/// <summary>A number by its products with the columns: one round, whatever the penalties.</summary>
internal static class RidgeLinear
{
    public static (AgreedModel Model, IReadOnlyList<RidgeFit> Fits) Combine(
        AgreedModel model, RidgeArguments arguments, IReadOnlyList<SiteValue<LinearPartial>> partials)
    {
        (model, partials) = Withholding.Without(model, partials);
        foreach (var partial in partials)
            LinearCheck.ThrowIfImpossible(partial, model);
        PartialCheck.ThrowIfNothingWeighs(model, partials.Select(p => p.Value.Used));
        var names = model.Design.Columns.Select(c => c.Name).ToList();
        var size = LinearPartial.Size(names.Count, model.Question.Formula.Offsets.Count > 0);
        var columns = new RidgeColumns(
            new SymmetricMatrix(size, ExactSums.Add(partials.Select(p => p.Value.Products))), names.Count);
        var used = partials.Sum(p => p.Value.Used);
        return (model, [.. arguments.Lambda.Select(l => Fit(l, arguments.Scale, names, columns, outcome: size - 1, used))]);
    }

    private static RidgeFit Fit(double lambda, string scale, List<string> names, RidgeColumns columns, int outcome, long used)
    {
        var total = columns.Product(outcome, outcome);
        var weights = columns.Weights.ToDouble();
        var deviation = Math.Sqrt(Math.Max((total / columns.Weights).ToDouble(), 0));
        var factor = RidgeScale.Factor(scale, lambda, weights, deviation);
        var equations = new Penalised(columns.Varying, columns.Product, j => factor * columns.Variances[j]);
        var solution = equations.Solve(j => columns.Product(j, outcome));
        var intercept = columns.Mean(outcome);
        var rest = total;
        foreach (var (j, b) in solution)
        {
            intercept -= b * columns.Mean(j);
            rest -= b * columns.Product(j, outcome) * 2.0;
            foreach (var (k, other) in solution)
                rest += b * other * columns.Product(j, k);
        }

        var effective = equations.EffectiveParameters();
        var residual = Math.Max(rest.ToDouble(), 0);
        return new(
            lambda,
            names.Select((name, j) => KeyValuePair.Create(name, Value(j))).ToDictionary(StringComparer.Ordinal),
            effective,
            residual,
            total.ToDouble() > 0 ? 1 - (residual / total.ToDouble()) : null,
            used > effective ? residual / ((used - effective) * (used - effective)) : null,
            Converged: true,
            Iterations: 1);

        double? Value(int j) => j == 0 ? intercept.ToDouble()
            : solution.TryGetValue(j, out var b) ? b.ToDouble()
            : columns.Variances[j] > 0 ? null : 0;
    }
}
