using System.Runtime.InteropServices;
using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Frames;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.TTests;

/// <summary>The partial: one pass over the rows.</summary>
internal static class GroupsAtSite
{
    public static async Task<GroupsPartial> ComputeAsync(
        GroupsStep step, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var model = new SiteModel(step.Model, table, mayHaveUnknown: !rules.IsOff);
        var frame = model.Frame;
        var outcome = frame.Outcome as NumberSlot
            ?? throw new ArgumentsInvalidException("model", "the outcome of a t-test is a number.");
        var groups = frame.Variables switch
        {
            [] => null,
            [FactorSlot factor] => factor,
            _ => throw new ArgumentsInvalidException("model", "one factor at the most makes the groups."),
        };
        var moments = new Moments[groups?.Index.Levels.Count ?? 1];
        var guard = new ModelGuard(rules, step.Model, model);
        var contributions = new Contributions[moments.Length];
        var values = moments.Select(_ => new List<double>()).ToList();
        await foreach (var batch in frame.ReadAsync(cancellationToken))
        {
            model.Rows.Fill(batch.Rows);
            for (var row = 0; row < batch.Rows; row++)
            {
                if (!batch.IsComplete[row])
                    continue;
                values[groups?.Codes[row] ?? 0].Add(outcome.Values[row]);
                guard.Add(model.Rows.Row(row), outcome.Values[row], row);
            }

            for (var group = 0; group < moments.Length; group++)
            {
                var here = CollectionsMarshal.AsSpan(values[group]);
                moments[group] += Moments.Of(here);
                contributions[group].Add(here);
                values[group].Clear();
            }
        }

        var rows = moments.Sum(m => m.Count);
        var numbers = 3 * moments.Length;
        var sum = contributions.Select(c => c.Against(rules)).FirstOrDefault(r => r is not null);
        if ((guard.Against(rows, rows, numbers) ?? (sum is null ? null : new Suppressed(sum, numbers))) is { } against)
        {
            return new(0, [.. moments.Select(_ => GroupMoments.Of(default))])
            {
                Suppressed = [against],
            };
        }

        return moments.All(m => m.IsFinite)
            ? new(rows, [.. moments.Select((m, i) => GroupMoments.Of(m) with { Evidence = contributions[i].Evidence(rules) })])
            : throw new DataInvalidException(
                $"'{outcome.Variable.Label}' of '{table.Label}': its values are too large for a sum of squares in double precision.");
    }
}
