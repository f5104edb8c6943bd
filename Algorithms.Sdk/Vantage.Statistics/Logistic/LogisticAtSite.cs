using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Logistic;

/// <summary>The partial: one pass over the rows for each round.</summary>
internal static class LogisticAtSite
{
    public static async Task<LogisticPartial> ComputeAsync(
        LogisticStep step, ITable table, CancellationToken cancellationToken)
    {
        var model = new SiteModel(step.Model, table);
        var width = model.Design.Columns.Count;
        if ((step.Coefficients is { } c && !c.ArePossible(width)) || (step.Direction is { } d && d.Count != width)
            || step.Without.Any(w => w.Count != width))
        {
            throw new ArgumentsInvalidException("coefficients", $"the model has {width} coefficients.");
        }

        var round = new LogisticRound(width, step);
        var success = Success(model.Frame.Outcome);
        var rows = 0L;
        await foreach (var batch in model.Frame.ReadAsync(cancellationToken))
        {
            model.Rows.Fill(batch.Rows);
            for (var row = 0; row < batch.Rows; row++)
            {
                if (!batch.IsComplete[row])
                    continue;
                rows++;
                var weight = batch.Weight(row);
                if (weight > 0)
                    round.Add(model.Rows.Row(row), success(row), weight, batch.Offset?[row] ?? 0);
            }
        }

        return round.Told(rows) ?? throw new DataInvalidException(
            $"Columns of '{table.Label}' hold values that are too large for sums of squares in double precision.");
    }

    private static Func<int, bool> Success(Slot outcome) => outcome switch
    {
        NumberSlot number => row => number.Values[row] == 1,
        FactorSlot factor => row => factor.Codes[row] == 1,
        _ => throw new InvalidOperationException("The hierarchy is closed."),
    };
}
