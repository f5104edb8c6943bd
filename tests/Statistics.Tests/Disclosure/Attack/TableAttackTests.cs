using System.Text.Json;
using Statistics.Tests.Disclosure.Filter;
using Statistics.Tests.Survival;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Crosstabs;

namespace Statistics.Tests.Disclosure.Attack;

/// <summary>
/// What leaves of tables tells nobody who asks for all of their margins too what was held back. A table of three categories that can't be
/// told even in part is another matter: its tables of two are harmless each, and what they tell of it together is counted here.
/// </summary>
public sealed class TableAttackTests(ITestOutputHelper output)
{
    private static readonly int Tries = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak" ? 5000 : 100;

    private static readonly int[][] Shapes = [[3], [5], [2, 2], [3, 3], [2, 4], [4, 3], [2, 2, 2], [3, 2, 2], [2, 3, 3]];

    [Theory]
    [InlineData("acro")]
    [InlineData("datashield")]
    [InlineData("custom")]
    public async Task NoHiddenCell_IsNarrowedDownToLessThanTheMinimumCell(string preset)
    {
        var rules = Presets.Of(preset);
        var (whole, narrowed, found) = (0, 0, 0);
        for (var seed = 0; seed < Tries; seed++)
        {
            var (sizes, cells) = Table(new Random(seed));
            var answers = new List<(int[] Axes, IReadOnlyList<long?> Counts)>();
            long? rows = null;
            foreach (var axes in TableAttack.Subsets(sizes.Length))
            {
                if (await AskAsync(rules, sizes, cells, axes) is not { } told)
                    continue;
                rows = told.Rows == 0 ? rows : told.Rows;
                answers.Add((axes, told.Counts));
            }

            var attack = new TableAttack(sizes, answers, rows);
            var isWhole = sizes.Length == 3 && answers.All(a => a.Axes.Length < 3 || a.Counts.All(c => c is null));
            AssertHidden(rules, sizes, cells, attack, TableAttack.Subsets(sizes.Length).Where(axes => !isWhole || axes.Length < 3), $"{preset}, seed {seed}");
            if (isWhole)
            {
                whole++;
                var widths = Enumerable.Range(0, cells.Length).Where(c => !rules.MayShow(cells[c])).Select(c => Width(attack.Bounds([0, 1, 2], c))).ToList();
                narrowed += widths.Exists(width => width < rules.MinimumCell - 0.5) ? 1 : 0;
                found += widths.Exists(width => width < 0.5) ? 1 : 0;
            }
        }

        output.WriteLine($"{preset}: {Tries} sets of tables. Of {whole} tables of three categories that were held back whole, those of two narrow {narrowed} and tell a small cell of {found}.");
        Assert.True(narrowed <= Math.Max(3, Tries / 50), $"{narrowed} of {whole}");
    }

    private static double Width((double Least, double Most) bounds) => bounds.Most - bounds.Least;

    private static void AssertHidden(DisclosureRules rules, int[] sizes, long[] cells, TableAttack attack, IEnumerable<int[]> tables, string which)
    {
        foreach (var axes in tables)
        {
            foreach (var (cell, count) in attack.Margin(cells, axes).Index().Where(c => !rules.MayShow(c.Item)))
            {
                var (least, most) = attack.Bounds(axes, cell);
                Assert.True(
                    most - least > rules.MinimumCell - 0.5 && most > rules.MinimumCell - 0.5,
                    $"{which}, [{string.Join(',', sizes)}] of [{string.Join(',', cells)}]: cell {cell} of ({string.Join(',', axes)}), {count}, lies between {least} and {most}");
            }
        }
    }

    /// <summary>Mostly of some rows, now and then of few or none.</summary>
    private static (int[] Sizes, long[] Cells) Table(Random random)
    {
        var sizes = Shapes[random.Next(Shapes.Length)];
        return (sizes, [.. Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).Select(_ => (long)(random.Next(8) switch
        {
            0 => random.Next(10),
            1 => random.Next(4) == 0 ? 0 : random.Next(20),
            2 or 3 => random.Next(40, 121),
            _ => random.Next(8, 41),
        }))]);
    }

    /// <summary>What leaves a site with these rows, after its function and its node; null where nothing does.</summary>
    private static async Task<CountsPartial?> AskAsync(DisclosureRules rules, int[] sizes, long[] cells, int[] axes)
    {
        var columns = axes.Select(a => MemoryColumn.Of($"c{a}", [.. cells.Index().SelectMany(c =>
            Enumerable.Repeat(Level(sizes, c.Index, a), (int)c.Item))])).ToArray();
        var rows = cells.Sum();
        if (rows < rules.MinimumCell)
            return null;
        var arguments = JsonSerializer.SerializeToUtf8Bytes(new CountsArguments(
            [.. axes.Select(a => $"c{a}")], [.. axes.Select(a => $"c{a}")], [.. axes.Select(a => (IReadOnlyList<string?>)[.. Enumerable.Range(0, sizes[a]).Select(l => $"l{l}")])]),
            Crosstab.Partial.Arguments);
        var context = new InProcessContext("site") { Disclosure = rules };
        await Crosstab.Partial.InvokeAsync(context, arguments, new FunctionData([new MemoryTable("t", columns)]), TestContext.Current.CancellationToken);
        var facts = new OutputFacts(rules, rows, axes.Select(a => $"c{a}").ToHashSet(StringComparer.Ordinal)).Knowing(arguments);
        return OutputFilter.Judge(Schema.Of(Crosstab.Partial), JsonElement.Parse(context.Outputs["result"]), facts) switch
        {
            OutputVerdict.Passes passes => JsonSerializer.Deserialize(passes.Bytes.Span, Crosstab.Partial.Result),
            // In the round before, which nobody asks here, the site half would have said that it has too few rows for its levels.
            OutputVerdict.Refused { Rule: SuppressionRules.LevelsShare } => null,
            var other => throw new InvalidOperationException($"The site half let through what its node refuses: {other}"),
        };
    }

    private static string Level(int[] sizes, int cell, int axis)
    {
        for (var a = sizes.Length - 1; a > axis; a--)
            cell /= sizes[a];
        return $"l{cell % sizes[axis]}";
    }
}
