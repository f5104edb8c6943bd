using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Disclosure.Tables;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Frames;

namespace Vantage.Statistics.Crosstabs;

/// <summary>The two rounds at a site, each one pass over the rows.</summary>
internal static class CrosstabAtSite
{
    public static async Task<LevelsPartial> LevelsAsync(
        LevelsArguments arguments, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var columns = arguments.Columns;
        var schema = await table.ReadSchemaAsync(cancellationToken);
        var texts = schema.Where(c => c.Type == ColumnType.Text).Select(c => c.Name).Concat(arguments.Texts ?? [])
            .ToHashSet(StringComparer.Ordinal);
        var slots = columns.Select(c => CrosstabColumns.Slot(table, c, null)).ToList();
        var seen = slots.Select(_ => new bool[LevelIndex.Most]).ToList();
        var missing = new bool[slots.Count];
        var (rows, leftOut) = (0L, 0L);
        await foreach (var batch in table.ReadAsync(CrosstabColumns.Schema(columns, texts), cancellationToken))
        {
            CrosstabColumns.Read(slots, columns, batch);
            for (var row = 0; row < batch.Rows; row++)
            {
                if (!arguments.IncludeMissing && slots.Any(s => s.Codes[row] < 0))
                {
                    leftOut++;
                    continue;
                }

                rows++;
                for (var i = 0; i < slots.Count; i++)
                {
                    if (slots[i].Codes[row] is >= 0 and var code)
                        seen[i][code] = true;
                    else
                        missing[i] = true;
                }
            }
        }

        if (rows + leftOut == 0)
            throw new DataInvalidException($"'{table.Label}' has no rows.");
        ColumnLevels[] told = [.. columns.Select((c, i) => new ColumnLevels(
            slots[i].Index.Levels.Count == 0 ? ColumnContent.Nothing : texts.Contains(c) ? ColumnContent.Text : ColumnContent.Numbers,
            [.. slots[i].Index.Levels.Where((_, code) => seen[i][code])],
            missing[i]))];
        var against = !rules.MaySpeakOf(rows) ? SuppressionRules.MinimumCell
            : told.Select(c => rules.AgainstLevels(rows, c.Levels.Count)).FirstOrDefault(rule => rule is not null);
        return against is null
            ? new(rows, rules.Blur(leftOut), told) { Rounding = rules.RoundingTold }
            : new(0, rules.Blur(rows + leftOut), [.. told.Select(c => c with { Levels = [], Missing = false })])
            {
                Suppressed = SiteNotes.All(against, 1),
            };
    }

    public static async Task<CountsPartial> CountsAsync(
        CountsArguments arguments, ITable table, DisclosureRules rules, CancellationToken cancellationToken)
    {
        var levels = arguments.Levels;
        var slots = arguments.Columns
            .Select((c, i) => CrosstabColumns.Slot(table, c, [.. levels[i].OfType<string>()])).ToList();
        var counts = new long[levels.Aggregate(1, (product, l) => product * l.Count)];
        var missing = new bool[slots.Count];
        var rows = 0L;
        await foreach (var batch in table.ReadAsync(
            CrosstabColumns.Schema(arguments.Columns, [.. arguments.Texts]), cancellationToken))
        {
            CrosstabColumns.Read(slots, arguments.Columns, batch);
            for (var row = 0; row < batch.Rows; row++)
            {
                if (Cell(slots, levels, row) is not { } cell)
                {
                    for (var i = 0; i < slots.Count; i++)
                        missing[i] |= slots[i].Codes[row] < 0;
                    continue;
                }

                counts[cell]++;
                rows++;
            }
        }

        var told = Told(rows, counts, [.. levels.Select(l => l.Count)], rules);
        return rules.IsOff || told.Rows == 0 ? told : told with
        {
            Told = [ToldTables.Of([.. arguments.Columns.Select((column, i) => new ToldAxis(column, levels[i], missing[i]))], counts, told.Counts)],
        };
    }

    private static CountsPartial Told(long rows, long[] counts, int[] sizes, DisclosureRules rules)
    {
        if (rules.IsOff)
            return new(rows, [.. counts]);
        if (!rules.MaySpeakOf(rows))
            return new(0, [.. counts.Select(_ => (long?)null)]) { Suppressed = SiteNotes.All(SuppressionRules.MinimumCell, counts.Length) };
        var (shown, forbidden, others) = CellSuppression.Of(rules, counts, sizes);
        if (forbidden == 0)
            return new(rows, shown) { Sizes = sizes, Rounding = rules.RoundingTold };
        return new(rows, shown)
        {
            Rounding = rules.RoundingTold,
            Sizes = sizes,
            All = counts,
            Suppressed =
            [
                new(SuppressionRules.MinimumCell, forbidden),
                .. others > 0 ? [new Suppressed(SuppressionRules.Complementary, others)] : (IReadOnlyList<Suppressed>)[],
            ],
        };
    }

    /// <summary>Null where a value is missing and that is no level.</summary>
    private static int? Cell(List<FactorSlot> slots, IReadOnlyList<IReadOnlyList<string?>> levels, int row)
    {
        var cell = 0;
        FactorSlot? changed = null;
        for (var i = 0; i < slots.Count; i++)
        {
            var code = slots[i].Codes[row];
            if (code == LevelIndex.Unknown)
            {
                changed = slots[i];
            }
            else if (code < 0)
            {
                if (levels[i][^1] is not null)
                    return null;
                code = levels[i].Count - 1;
            }

            cell = (cell * levels[i].Count) + code;
        }

        return changed is null ? cell : throw changed.Index.Changed();
    }
}
