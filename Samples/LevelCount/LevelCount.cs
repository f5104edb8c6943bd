using Vantage.Algorithms;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;

namespace LevelCounting;

public static class LevelCount
{
    public static PartialFunction<LevelsArguments, Levels> Partial { get; } = Function.Partial(
        "partial", "Counts the levels of a column at one site.",
        LevelCountJson.Default.LevelsArguments, LevelCountJson.Default.Levels,
        (context, arguments, data, cancellationToken) => CountAsync(arguments, data.Single, context.Disclosure, cancellationToken));

    public static CentralFunction<LevelsArguments, Levels> Central { get; } = Function.Central(
        "central", "Counts the levels of a column over all sites.",
        LevelCountJson.Default.LevelsArguments, LevelCountJson.Default.Levels, CombineAsync);

    public static Algorithm Algorithm { get; } = new(
        "level-count", "1.0.0", "Counts the levels of a column.", typeof(LevelCount).Assembly, Partial, Central);

    private static async Task<Levels> CountAsync(
        LevelsArguments arguments, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var missing = 0L;
        await foreach (var batch in table.ReadAsync([new(arguments.Column, ColumnType.Text)], cancellationToken))
        {
            var column = batch.Texts(0);
            foreach (var code in column.Codes.ToArray())
            {
                if (code < 0)
                    missing++;
                else
                    counts[column.Levels[code]] = counts.GetValueOrDefault(column.Levels[code]) + 1;
            }
        }

        JoinSmall(counts, rules);
        return new Levels(counts, rules.Blur(missing));
    }

    /// <summary>Levels with too few rows to be told become one, with the next larger ones, until it has enough.</summary>
    private static void JoinSmall(SortedDictionary<string, long> counts, DisclosureRules rules)
    {
        var others = 0L;
        foreach (var (level, count) in counts.OrderBy(c => c.Value).ToList())
        {
            if (rules.MayShow(count) && (others == 0 || rules.MayShow(others)))
                break;
            others += count;
            counts.Remove(level);
        }

        if (others > 0 && rules.MayShow(others))
            counts["(others)"] = others;
    }

    private static async Task<Levels> CombineAsync(
        IFederation federation, LevelsArguments arguments, CancellationToken cancellationToken)
    {
        var results = await federation.RunAsync(Algorithm, Partial, arguments, cancellationToken);
        var sites = results.All();
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (level, count) in sites.SelectMany(site => site.Value.Counts))
            counts[level] = counts.GetValueOrDefault(level) + count;
        return new Levels(counts, sites.Sum(site => site.Value.Missing));
    }
}
