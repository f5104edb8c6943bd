using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Statistics.Models;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.TTests;

/// <summary>The partial: one pass over the rows.</summary>
internal static class GroupsAtSite
{
    public static async Task<GroupsPartial> ComputeAsync(GroupsStep step, ITable table, CancellationToken cancellationToken)
    {
        var frame = new SiteModel(step.Model, table).Frame;
        var outcome = frame.Outcome as NumberSlot
            ?? throw new ArgumentsInvalidException("model", "the outcome of a t-test is a number.");
        var groups = frame.Variables switch
        {
            [] => null,
            [FactorSlot factor] => factor,
            _ => throw new ArgumentsInvalidException("model", "one factor at the most makes the groups."),
        };
        var moments = new Moments[groups?.Index.Levels.Count ?? 1];
        var values = moments.Select(_ => new List<double>()).ToList();
        await foreach (var batch in frame.ReadAsync(cancellationToken))
        {
            for (var row = 0; row < batch.Rows; row++)
            {
                if (batch.IsComplete[row])
                    values[groups?.Codes[row] ?? 0].Add(outcome.Values[row]);
            }

            for (var group = 0; group < moments.Length; group++)
            {
                moments[group] += Moments.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values[group]));
                values[group].Clear();
            }
        }

        return moments.All(m => m.IsFinite)
            ? new(moments.Sum(m => m.Count), [.. moments.Select(GroupMoments.Of)])
            : throw new DataInvalidException(
                $"'{outcome.Variable.Label}' of '{table.Label}': its values are too large for a sum of squares in double precision.");
    }
}
