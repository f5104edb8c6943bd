using Statistics.Tests.Survival;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Crosstabs;

namespace Statistics.Tests.Disclosure.Attack;

/// <summary>
/// Somebody asks for tables of categories in any order, and for every table of fewer of them. What leaves tells nobody what was held back,
/// whether it was a cell, or a table, or one that was not asked for.
/// </summary>
public sealed class TableAttackTests(ITestOutputHelper output)
{
    private static readonly int Tries = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak" ? 5000 : 400;

    private static readonly int[][] Shapes = [[3], [5], [2, 2], [3, 3], [2, 4], [4, 3], [2, 2, 2], [3, 2, 2], [2, 3, 3], [2, 2, 2, 2], [2, 3, 2, 2]];

    [Theory]
    [InlineData("acro")]
    [InlineData("datashield")]
    [InlineData("custom")]
    public async Task NoHiddenCell_IsNarrowedDownToLessThanTheMinimumCell(string preset)
    {
        var rules = Presets.Of(preset);
        var (asked, kept) = (0, 0);
        for (var seed = 0; seed < Tries; seed++)
        {
            var random = new Random(seed);
            var rows = Rows(random);
            var site = new RememberingSite(rules, rows.Counts.Sum());
            var tables = rows.Tables().ToArray();
            random.Shuffle(tables);
            var answers = new List<(int[] Axes, CountsPartial Told)>();
            foreach (var axes in tables.Where(_ => rows.Counts.Sum() >= rules.MinimumCell))
            {
                asked++;
                if (await site.AskAsync(Question(rows, axes), rows.Columns(axes)) is { } told)
                    answers.Add((axes, told));
                else
                    kept++;
            }

            AssertHidden(rules, rows, new(rows, answers), $"{preset}, seed {seed}");
        }

        // Where nothing had to stay, nothing would have been shown.
        Assert.True(preset != "acro" || kept > 0);
        output.WriteLine($"{preset}: of {Tries} sets of rows {asked} tables were asked for, and {kept} stayed for what others told.");
    }

    private static void AssertHidden(DisclosureRules rules, AttackedRows rows, TableAttack attack, string which)
    {
        foreach (var axes in rows.Tables())
        {
            var none = rows.None(axes).ToHashSet();
            foreach (var (cell, count) in rows.Table(axes).Index().Where(c => !rules.MayShow(c.Item) && !none.Contains(c.Index)))
            {
                var (least, most) = attack.Bounds(axes, cell);
                Assert.True(
                    most - least > rules.MinimumCell - 0.5 && most > rules.MinimumCell - 0.5,
                    $"{which}, [{string.Join(',', rows.Counts)}]: cell {cell} of ({string.Join(',', axes)}), {count}, lies between {least} and {most}");
            }
        }
    }

    private static CountsArguments Question(AttackedRows rows, int[] axes)
    {
        string[] columns = [.. axes.Select(a => $"c{a}")];
        return new(columns, columns, [.. axes.Select(a => (IReadOnlyList<string?>)[.. rows.Table([a]).Select((_, level) => $"l{level}")])]);
    }

    /// <summary>Mostly of some rows in each combination, now and then of few or none; in every third some values are missing.</summary>
    private static AttackedRows Rows(Random random)
    {
        var sizes = Shapes[random.Next(Shapes.Length)];
        var missing = sizes.Select(_ => random.Next(6) == 0 && sizes.Length < 4).ToArray();
        return new(sizes, missing, [.. Enumerable.Range(0, AttackedRows.Combinations(sizes, missing)).Select(_ => (long)(random.Next(8) switch
        {
            0 => random.Next(10),
            1 => random.Next(4) == 0 ? 0 : random.Next(20),
            2 or 3 => random.Next(40, 121),
            _ => random.Next(8, 41),
        }))]);
    }
}
