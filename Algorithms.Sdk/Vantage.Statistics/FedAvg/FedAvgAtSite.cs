using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Glm.Families;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Frames;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.FedAvg;

/// <summary>The partials: one pass over the rows for each step.</summary>
internal static class FedAvgAtSite
{
    public static async Task<FedAvgMoments> MomentsAsync(
        DisclosureRules rules, FedAvgMomentsStep step, ITable table, CancellationToken cancellationToken)
    {
        var model = new SiteModel(step.Model, table, mayHaveUnknown: !rules.IsOff);
        var guard = new ModelGuard(rules, step.Model, model);
        var width = model.Design.Columns.Count;
        var (weights, sums, squares) = (DoubleDouble.Zero, new DoubleDouble[width], new DoubleDouble[width]);
        var (rows, used) = (0L, 0L);
        var effective = new EffectiveRows();
        await foreach (var (x, y, weight, _, row) in RowsOf(model, cancellationToken))
        {
            rows++;
            if (weight == 0)
                continue;
            used++;
            guard.Add(x.Span, y, row);
            weights += weight;
            effective.Add(weight);
            for (var j = 0; j < width; j++)
            {
                var part = DoubleDouble.Product(weight, x.Span[j]);
                sums[j] += part;
                squares[j] += part * x.Span[j];
            }
        }

        var few = effective.AreTooFew(rules) ? new Suppressed(SuppressionRules.Dominance, 1 + (2 * width)) : null;
        if ((guard.Against(rows, used, 1 + (2 * width)) ?? few) is { } suppressed)
            return new(0, 0, ExactSums.Zeros(1), ExactSums.Zeros(width), ExactSums.Zeros(width), [suppressed]);
        return squares.All(s => s.IsFinite)
            ? new(rows, used, ExactSums.Of([weights]), ExactSums.Of(sums), ExactSums.Of(squares))
            : throw new DataInvalidException(
                $"Columns of '{table.Label}' hold values that are too large for sums of squares in double precision.");
    }

    public static async Task<FedAvgPartial> StepAsync(
        DisclosureRules rules, FedAvgStep step, ITable table, CancellationToken cancellationToken)
    {
        var model = new SiteModel(step.Model, table, mayHaveUnknown: !rules.IsOff);
        var width = model.Design.Columns.Count;
        if (step.Coefficients.Count != width || step.Centres.Count != width || step.Scales.Count != width)
            throw new ArgumentsInvalidException("coefficients", $"the model has {width} coefficients.");
        var family = FedAvgArguments.Of(step.Family)!;
        double[] coefficients = [.. step.Coefficients];
        LocalPass? first = null;
        for (var i = 0; i < step.LocalSteps; i++)
        {
            var guard = new ModelGuard(rules, step.Model, model);
            var pass = await PassAsync(model, guard, family, step, coefficients, !rules.IsOff, table, cancellationToken);
            if ((guard.Against(pass.Rows, pass.Used, width + 2) ?? (pass.Against(rules) is { } rule ? new Suppressed(rule, width + 2) : null)) is { } suppressed)
                return new(0, 0, 0, new double[width], 0, [suppressed]);
            first ??= pass;
            if (pass.Used == 0)
                break;
            for (var j = 0; j < width; j++)
            {
                var pull = step.Mu * (coefficients[j] - step.Coefficients[j]);
                coefficients[j] += step.LearningRate * ((pass.Gradient[j] / pass.Weight).ToDouble() - pull);
            }
        }

        return new(first!.Rows, first.Used, first.Weight.ToDouble(), coefficients, first.Loss.ToDouble());
    }

    private static async Task<LocalPass> PassAsync(
        SiteModel model,
        ModelGuard guard,
        Family family,
        FedAvgStep step,
        double[] coefficients,
        bool isWatched,
        ITable table,
        CancellationToken cancellationToken)
    {
        var pass = new LocalPass(family, step, coefficients, isWatched);
        await foreach (var (x, y, weight, offset, row) in RowsOf(model, cancellationToken))
        {
            if (!family.Takes(y))
            {
                throw new DataInvalidException($"'{model.Frame.Outcome.Variable.Label}' of '{table.Label}' holds other numbers than"
                    + $" a {family.Name} model explains: each is {family.Law}.");
            }

            if (weight > 0)
                guard.Add(x.Span, y, row);
            pass.Add(x.Span, y, weight, offset);
        }

        return pass.IsFinite
            ? pass
            : throw new DataInvalidException("The coefficients grew beyond all numbers: choose a smaller learning rate.");
    }

    private static async IAsyncEnumerable<(ReadOnlyMemory<double> X, double Y, double Weight, double Offset, int Row)> RowsOf(
        SiteModel model, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in model.Frame.ReadAsync(cancellationToken))
        {
            model.Rows.Fill(batch.Rows);
            for (var row = 0; row < batch.Rows; row++)
            {
                if (batch.IsComplete[row])
                    yield return (model.Rows.Memory(row), Outcome(model.Frame.Outcome, row), batch.Weight(row), batch.Offset?[row] ?? 0, row);
            }
        }
    }

    private static double Outcome(Slot outcome, int row) => outcome switch
    {
        NumberSlot number => number.Values[row],
        FactorSlot factor => factor.Codes[row],
        _ => throw new InvalidOperationException("The hierarchy is closed."),
    };
}
