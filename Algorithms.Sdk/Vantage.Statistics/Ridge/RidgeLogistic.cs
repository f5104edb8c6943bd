using Vantage.Statistics.Glm;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Glm.Search;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Ridge;

/// <summary>One of two outcomes: Newton's method on the penalised likelihood, each penalty from where the one before ended.</summary>
internal sealed class RidgeLogistic(GlmRounds rounds, RidgeArguments arguments)
{
    private const double Worse = 1e-9;

    private readonly NullModel none = new(intercept: true, offset: false);
    private readonly DoubleDouble[] coefficients = new DoubleDouble[rounds.Width];

    public async Task<IReadOnlyList<RidgeFit>> RunAsync(CancellationToken cancellationToken)
    {
        // Without coefficients every row has the information w/4: the sums of products, from which the scales follow.
        var start = await AskAsync(cancellationToken);
        var columns = new RidgeColumns(start.Information, rounds.Width);
        var total = BinomialLogit.Instance.NullDeviance(start.Weights, start.Outcome);
        var fits = new List<RidgeFit>();
        foreach (var lambda in arguments.Lambda)
            fits.Add(await FitAsync(lambda, columns, start.Weights, total, cancellationToken));
        return fits;
    }

    private async Task<RidgeFit> FitAsync(
        double lambda, RidgeColumns columns, double weights, double? total, CancellationToken cancellationToken)
    {
        var rule = arguments.Rule();
        var factor = RidgeScale.Factor(RidgeScale.Glmnet, lambda, weights, 1);
        IReadOnlyList<int> used = [0, .. columns.Varying];
        var step = new DoubleDouble[coefficients.Length];
        var previous = double.PositiveInfinity;
        var iterations = 0;
        while (true)
        {
            var state = await AskAsync(cancellationToken);
            var penalised = state.Deviance + used.Sum(j => Penalty(j) * Math.Pow(coefficients[j].ToDouble(), 2));
            var isFound = Math.Abs(penalised - previous) < rule.Tolerance * (Math.Abs(penalised) + 0.1);
            if (penalised > previous + (Worse * (previous + 0.1)) && iterations < rule.MaxIterations)
            {
                iterations++;
                Move(step, j => step[j] * -0.5);
                continue;
            }

            var equations = new Penalised(used, (i, j) => state.Information[i, j], Penalty);
            if (isFound || iterations >= rule.MaxIterations)
                return Fit(lambda, state.Deviance, equations.EffectiveParameters(), total, isFound, iterations);
            iterations++;
            previous = penalised;
            var solved = equations.Solve(j => state.Score(j) - (coefficients[j] * Penalty(j)));
            Array.Clear(step);
            foreach (var (j, by) in solved)
                step[j] = by;
            Move(null, j => step[j]);
        }

        double Penalty(int j) => factor * columns.Variances[j];
    }

    /// <summary>Moves, and keeps how far it is from where the last whole step began.</summary>
    private void Move(DoubleDouble[]? step, Func<int, DoubleDouble> by)
    {
        for (var j = 0; j < coefficients.Length; j++)
        {
            var move = by(j);
            coefficients[j] += move;
            if (step is not null)
                step[j] += move;
        }
    }

    private RidgeFit Fit(double lambda, double deviance, double effective, double? total, bool isFound, int iterations) => new(
        lambda,
        rounds.Model.Design.Columns.Select((c, j) => KeyValuePair.Create(c.Name, (double?)coefficients[j].ToDouble()))
            .ToDictionary(StringComparer.Ordinal),
        effective - 1,
        deviance,
        1 - (deviance / total),
        Gcv: null,
        isFound,
        iterations);

    private Task<GlmState> AskAsync(CancellationToken cancellationToken) =>
        rounds.AskAsync(BinomialLogit.Instance, null, ExactSums.Of(coefficients), null, none, cancellationToken);
}
