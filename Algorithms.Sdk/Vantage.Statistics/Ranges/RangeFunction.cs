using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Ranges;

/// <summary>The first round of what needs shared edges: one pass over the columns.</summary>
internal static class RangeFunction
{
    public static PartialFunction<RangeArguments, RangePartial> Partial { get; } = Function.Partial(
        "range",
        "How many values columns have at one site, and between which bounds they lie, blurred where the site's rules ask for it.",
        StatisticsJson.Default.RangeArguments,
        StatisticsJson.Default.RangePartial,
        (context, arguments, data, cancellationToken) =>
            ComputeAsync(context.Disclosure, arguments.Columns, data.Single, cancellationToken));

    private static async Task<RangePartial> ComputeAsync(
        DisclosureRules rules, IReadOnlyList<string> columns, ITable table, CancellationToken cancellationToken)
    {
        var extremes = new Extremes[columns.Count];
        await foreach (var batch in table.ReadAsync(
            [.. columns.Select(c => new ColumnSchema(c, ColumnType.Number))], cancellationToken))
        {
            for (var i = 0; i < extremes.Length; i++)
                extremes[i].Add(batch.Numbers(i).Values.Span);
        }

        var suppressed = new List<Suppressed>();
        var told = columns.Select((c, i) => extremes[i].Told(c, rules, suppressed)).ToList();
        return extremes[0].Rows == 0
            ? throw new DataInvalidException($"'{table.Label}' has no rows.")
            : new(rules.IsOff, told, suppressed);
    }
}
