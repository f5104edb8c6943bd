using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Frames;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Linear;

/// <summary>The partial: one pass over the rows.</summary>
internal static class LinearAtSite
{
    public static async Task<LinearPartial> ComputeAsync(
        DisclosureRules rules, LinearStep step, ITable table, CancellationToken cancellationToken)
    {
        var model = new SiteModel(step.Model, table, mayHaveUnknown: !rules.IsOff);
        var guard = new ModelGuard(rules, step.Model, model);
        var outcome = model.Frame.Outcome as NumberSlot
            ?? throw new ArgumentsInvalidException("model", "the outcome of a linear model is a number.");
        var width = model.Design.Columns.Count;
        var row = new double[LinearPartial.Size(width, model.Frame.Offsets.Count > 0)];
        var products = new CrossProducts(row.Length);
        var weights = new EffectiveRows();
        // Of what stands in the products besides the columns and the outcome itself.
        var (offsets, rests) = (new Contributions(), new Contributions());
        var (rows, used, logWeights) = (0L, 0L, DoubleDouble.Zero);
        await foreach (var batch in model.Frame.ReadAsync(cancellationToken))
        {
            model.Rows.Fill(batch.Rows);
            for (var i = 0; i < batch.Rows; i++)
            {
                if (!batch.IsComplete[i])
                    continue;
                rows++;
                var weight = batch.Weight(i);
                if (weight == 0)
                    continue;
                used++;
                if (weight != 1)
                    logWeights += Math.Log(weight);
                model.Rows.Row(i).CopyTo(row);
                if (batch.Offset is { } offset)
                    row[width] = offset[i];
                guard.Add(model.Rows.Row(i), outcome.Values[i], i);
                row[^1] = outcome.Values[i] - (batch.Offset?[i] ?? 0);
                products.Add(row, Math.Sqrt(weight));
                if (rules.IsOff)
                    continue;
                if (step.Model.Weights is not null)
                    weights.Add(weight);
                offsets.Add(row[width] * row[width]);
                rests.Add(row[^1] * row[^1]);
            }
        }

        var rule = weights.AreTooFew(rules) ? SuppressionRules.Dominance : offsets.Against(rules) ?? rests.Against(rules);
        var few = rule is null ? null : new Suppressed(rule, products.Total.Length);
        if ((guard.Against(rows, used, products.Total) ?? few) is { } suppressed)
            return new(0, 0, ExactSums.Zeros(products.Total.Length), ExactSums.Zeros(1), [suppressed]);
        return products.Total.All(p => p.IsFinite)
            ? new(rows, used, ExactSums.Of(products.Total), ExactSums.Of([logWeights]))
            : throw new DataInvalidException(
                $"Columns of '{table.Label}' hold values that are too large for sums of squares in double precision.");
    }
}
