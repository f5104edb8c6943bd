using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Statistics.Models;
using Vantage.Statistics.Models.Agreeing;

namespace Vantage.Statistics.Crosstabs;

/// <param name="Question">What the sites are asked next.</param>
/// <param name="Sites">Rows of each.</param>
internal sealed record AgreedTable(CountsArguments Question, IReadOnlyList<SiteRows> Sites)
{
    /// <summary>What disclosure control held back, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Puts the partials of sites together: whole numbers, which no order can change.</summary>
internal static class CrosstabCombine
{
    private const int FewExpected = 5;

    /// <summary>The columns that hold text at one site and numbers at another: as categories they are text.</summary>
    public static IReadOnlyList<string> Mixed(IReadOnlyList<string> variables, IReadOnlyList<SiteValue<LevelsPartial>> partials)
    {
        foreach (var partial in partials)
            CrosstabCheck.ThrowIfImpossible(partial, variables.Count);
        return ColumnTypes.Mixed(variables, [.. partials.Select(p => Contents(variables, p.Value))]);
    }

    public static AgreedTable Agree(IReadOnlyList<string> variables, IReadOnlyList<SiteValue<LevelsPartial>> partials)
    {
        foreach (var partial in partials)
            CrosstabCheck.ThrowIfImpossible(partial, variables.Count);
        if (partials.Sum(p => p.Value.Rows) == 0)
        {
            ThrowIfHeldBack(partials.SelectMany(p => SiteNotes.Of(p.Site, p.Value.Suppressed)));
            throw new DataInvalidException(
                $"No site has a row without a missing value in the columns {string.Join(", ", variables)}: there is nothing to count.");
        }

        var texts = ColumnTypes.Texts(variables, [.. partials.Select(p => (p.Site, Contents(variables, p.Value)))]);
        var levels = variables.Select((v, i) => Levels(partials.Select(p => p.Value.Columns[i]), !texts.Contains(v))).ToList();
        CrosstabColumns.ThrowIfTooMany(levels);
        return new(
            new(variables, texts, levels),
            [.. partials.Select(p => new SiteRows(p.Site, p.Value.Rows, p.Value.LeftOut))])
        {
            Notes = [.. partials.SelectMany(p => SiteNotes.Of(p.Site, p.Value.Suppressed))],
        };
    }

    public static CrosstabResult Combine(AgreedTable agreed, IReadOnlyList<SiteValue<CountsPartial>> partials)
    {
        var (variables, _, levels) = agreed.Question;
        var size = levels.Aggregate(1, (product, l) => product * l.Count);
        var told = partials.Where(p => !IsHeldBack(p.Value)).ToList();
        List<string> notes = [.. agreed.Notes, .. partials.SelectMany(p => Notes(p).Where(n => !agreed.Notes.Contains(n)))];
        if (told.Count == 0)
            ThrowIfHeldBack(notes);
        var sites = agreed.Sites.Where(s => told.Exists(t => t.Site == s.Site)).ToList();
        var cells = new long?[size];
        Array.Fill(cells, 0);
        foreach (var partial in told)
        {
            CrosstabCheck.ThrowIfImpossible(partial, cells.Length, sites.Single(s => s.Site == partial.Site).Rows);
            for (var i = 0; i < cells.Length; i++)
                cells[i] = checked(cells[i] + partial.Value.Counts[i]);
        }

        var cube = new CountCube(cells, [.. levels.Select(l => l.Count)]);
        var table = CountTables.Of(null, cube.Table(layer: null));
        return new(
            variables,
            sites,
            sites.Sum(s => s.Rows),
            sites.Sum(s => s.LeftOut),
            variables.Zip(levels).ToDictionary(v => v.First, v => v.Second, StringComparer.Ordinal),
            table,
            variables.Count == 3 ? [.. levels[2].Select((level, i) => CountTables.Of(level, cube.Table(i)))] : null,
            variables.Count > 1 && !cells.Contains(null) ? Independence.Of(cube) : null)
        {
            Notes = [.. notes, .. Rounded.Notes(told.Select(t => (t.Site, t.Value.Rounding)), "tests are of the rounded counts"), .. Doubts(variables, table)],
        };
    }

    private static IReadOnlyList<ColumnContent> Contents(IReadOnlyList<string> variables, LevelsPartial partial) =>
        [.. partial.Columns.Select((c, i) => new ColumnContent(variables[i], c.Holds))];

    /// <summary>All of its table: then it takes no part.</summary>
    private static bool IsHeldBack(CountsPartial partial) => partial.Suppressed is not null && partial.Counts.All(c => c is null);

    private static IEnumerable<string> Notes(SiteValue<CountsPartial> partial) =>
        SiteNotes.Of(partial.Site, partial.Value.Suppressed).Select(n => n + (IsHeldBack(partial.Value) ? " Its rows take no part." : ""));

    /// <summary>As R warns of them, in its <c>chisq.test</c>.</summary>
    private static IEnumerable<string> Doubts(IReadOnlyList<string> variables, CountTable table)
    {
        if (table.ChiSquared is not null && table.Expected?.Any(row => row.Any(e => e < FewExpected)) == true)
        {
            yield return $"Some cells expect fewer than {FewExpected} rows: the p value of chi-squared may be wrong."
                + (table.Fisher is null ? " Join levels, or ask about more rows." : " Fisher's exact test is right.");
        }

        if (variables.Count > 1 && table.ChiSquared is null && table.Total is not null)
            yield return "There is no test: a variable has one level only, or a level has no rows.";
    }

    private static void ThrowIfHeldBack(IEnumerable<string> notes)
    {
        if (string.Join(' ', notes) is { Length: > 0 } told)
            throw new DataInvalidException(told + " The disclosure rules of the sites leave nothing to count.");
    }

    private static IReadOnlyList<string?> Levels(IEnumerable<ColumnLevels> sites, bool areNumbers)
    {
        var all = sites.ToList();
        IEnumerable<string?> levels = AgreedLevels.Sorted(all.SelectMany(s => s.Levels), areNumbers);
        return [.. levels, .. all.Any(s => s.Missing) ? (string?[])[null] : []];
    }
}
