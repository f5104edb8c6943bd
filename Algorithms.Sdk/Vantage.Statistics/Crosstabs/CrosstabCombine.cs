using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;

namespace Vantage.Statistics.Crosstabs;

/// <param name="Question">What the sites are asked next.</param>
/// <param name="Sites">Rows of each.</param>
internal sealed record AgreedTable(CountsArguments Question, IReadOnlyList<SiteRows> Sites);

/// <summary>Puts the partials of sites together: whole numbers, which no order can change.</summary>
internal static class CrosstabCombine
{
    public static AgreedTable Agree(IReadOnlyList<string> variables, IReadOnlyList<SiteValue<LevelsPartial>> partials)
    {
        foreach (var partial in partials)
            CrosstabCheck.ThrowIfImpossible(partial, variables.Count);
        if (partials.Sum(p => p.Value.Rows) == 0)
        {
            throw new DataInvalidException(
                $"No site has a row without a missing value in the columns {string.Join(", ", variables)}: there is nothing to count.");
        }

        var texts = ColumnTypes.Texts(
            variables,
            [.. partials.Select(p => (p.Site, (IReadOnlyList<ColumnContent>)[.. p.Value.Columns.Select((c, i) => new ColumnContent(variables[i], c.Holds))]))]);
        var levels = variables.Select((v, i) => Levels(partials.Select(p => p.Value.Columns[i]), !texts.Contains(v))).ToList();
        CrosstabColumns.ThrowIfTooMany(levels);
        return new(
            new(variables, texts, levels),
            [.. partials.Select(p => new SiteRows(p.Site, p.Value.Rows, p.Value.LeftOut))]);
    }

    public static CrosstabResult Combine(AgreedTable agreed, IReadOnlyList<SiteValue<CountsPartial>> partials)
    {
        var (variables, _, levels) = agreed.Question;
        var cells = new long[levels.Aggregate(1, (product, l) => product * l.Count)];
        foreach (var partial in partials)
        {
            CrosstabCheck.ThrowIfImpossible(partial, cells.Length, agreed.Sites.Single(s => s.Site == partial.Site).Rows);
            for (var i = 0; i < cells.Length; i++)
                cells[i] = checked(cells[i] + partial.Value.Counts[i]);
        }

        var cube = new CountCube(cells, [.. levels.Select(l => l.Count)]);
        return new(
            variables,
            agreed.Sites,
            agreed.Sites.Sum(s => s.Rows),
            agreed.Sites.Sum(s => s.LeftOut),
            variables.Zip(levels).ToDictionary(v => v.First, v => v.Second, StringComparer.Ordinal),
            CountTables.Of(null, cube.Table(layer: null)),
            variables.Count == 3 ? [.. levels[2].Select((level, i) => CountTables.Of(level, cube.Table(i)))] : null,
            variables.Count > 1 ? Independence.Of(cube) : null);
    }

    private static IReadOnlyList<string?> Levels(IEnumerable<ColumnLevels> sites, bool areNumbers)
    {
        var all = sites.ToList();
        IEnumerable<string?> levels = AgreedLevels.Sorted(all.SelectMany(s => s.Levels), areNumbers);
        return [.. levels, .. all.Any(s => s.Missing) ? (string?[])[null] : []];
    }
}
