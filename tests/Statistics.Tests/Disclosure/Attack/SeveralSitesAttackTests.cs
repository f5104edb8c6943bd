using System.Globalization;
using System.Text.Json;
using Statistics.Tests.Disclosure.Filter;
using Statistics.Tests.Survival;
using Vantage.Algorithms.Federations;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Algorithms.Testing;
using Vantage.NodeAgent.Disclosure.Filtering;
using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Disclosure.Tables;
using Vantage.Statistics.Crosstabs;

namespace Statistics.Tests.Disclosure.Attack;

/// <summary>
/// Somebody who sees what each of several sites tells and what the answer over them says, asks for the table and for its margins, of every
/// choice of sites (so also of some first, and of a late one with them), and puts it all together by linear programs.
/// </summary>
public sealed class SeveralSitesAttackTests
{
    private const int SiteCount = 3;
    private static readonly int Tries = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak" ? 1000 : 12;
    private static readonly int[][] Shapes = [[3], [2, 2], [3, 3], [2, 4], [4, 3], [2, 2, 2], [3, 2, 2]];

    [Theory]
    [InlineData("acro")]
    [InlineData("datashield")]
    [InlineData("custom")]
    public async Task OfNoSite_AHiddenCellIsNarrowedDown_WhoeverWasAskedTogether(string preset)
    {
        var rules = Presets.Of(preset);
        for (var seed = 0; seed < Tries; seed++)
        {
            var random = new Random(seed);
            var sizes = Shapes[random.Next(Shapes.Length)];
            var size = sizes.Aggregate(1, (a, b) => a * b);
            long[][] sites = [.. Enumerable.Range(0, SiteCount).Select(_ => Cells(random, size))];
            var known = new List<(int[] Terms, long Sum)>();
            var left = new Dictionary<string, List<ToldTable>>(StringComparer.Ordinal);
            var questions = Subsets(sizes.Length).ToArray();
            random.Shuffle(questions);
            foreach (var axes in questions)
            {
                for (var choice = 1; choice < 1 << SiteCount; choice++)
                    known.AddRange(await AskAsync(rules, left, sizes, sites, axes, [.. Enumerable.Range(0, SiteCount).Where(s => (choice >> s & 1) == 1)]));
            }

            AssertHidden(rules, sizes, sites, new Simplex(SiteCount * size, [.. known.DistinctBy(k => string.Join(',', k.Terms))]), $"{preset}, seed {seed}");
        }
    }

    private static void AssertHidden(DisclosureRules rules, int[] sizes, long[][] sites, Simplex program, string which)
    {
        foreach (var axes in Subsets(sizes.Length))
        {
            foreach (var (site, group) in Enumerable.Range(0, SiteCount).SelectMany(s => Groups(sizes, axes).Select(g => (s, g))))
            {
                // Which levels a site has it tells before it counts.
                if (rules.MayShow(group.Sum(c => sites[site][c])) || axes.Any(axis => HasNone(sizes, sites[site], axis, Level(sizes, group[0], axis))))
                    continue;
                var (least, most) = program.Of(At(site, sites[site].Length, group));
                Assert.True(most - least > rules.MinimumCell - 0.5 && most > rules.MinimumCell - 0.5,
                    $"{which}, [{string.Join(',', sizes)}]: {string.Join(" | ", sites.Select(s => string.Join(',', s)))}: site {site}, cells {string.Join('+', group)} lie between {least} and {most}");
            }
        }
    }

    private static bool HasNone(int[] sizes, long[] site, int axis, int level) => site.Index().All(cell => cell.Item == 0 || Level(sizes, cell.Index, axis) != level);

    /// <summary>What the sites tell and what the answer over all of them says, as sums of cells.</summary>
    private static async Task<IEnumerable<(int[] Terms, long Sum)>> AskAsync(
        DisclosureRules rules, Dictionary<string, List<ToldTable>> left, int[] sizes, long[][] sites, int[] axes, int[] chosen)
    {
        var groups = Groups(sizes, axes).ToList();
        var federation = new FilteredFederation([.. chosen.Select(s => new InProcessSite($"site {s}", Table(sizes, sites[s], axes)))], rules, left);
        var known = new List<(int[] Terms, long Sum)>();
        try
        {
            var result = await Crosstab.Central.RunAsync(
                federation, new("c" + axes[0], axes.Length > 1 ? "c" + axes[1] : null, axes.Length > 2 ? "c" + axes[2] : null), TestContext.Current.CancellationToken);
            int[] told = [.. chosen.Where(s => result.Sites.Any(r => r.Site == $"site {s}"))];
            known.Add((told.SelectMany(s => At(s, sites[s].Length, [.. Enumerable.Range(0, sites[s].Length)])).ToArray(), result.Rows));
            var levels = axes.Select((a, i) => result.Levels["c" + a].Select(l => int.Parse(l![1..], CultureInfo.InvariantCulture)).ToList()).ToList();
            // Over all layers the cells of a table are sums of theirs, and of no more.
            foreach (var (l, layer) in (result.Layers ?? [result.Table]).Index())
            {
                foreach (var (r, c, count) in layer.Counts.SelectMany((row, r) => row.Select((count, c) => (r, c, count))).Where(cell => cell.count is not null))
                {
                    int[] place = [levels[0][r], .. axes.Length > 1 ? [levels[1][c]] : Array.Empty<int>(), .. axes.Length > 2 ? [levels[2][l]] : Array.Empty<int>()];
                    var group = groups[place.Index().Aggregate(0, (cell, level) => (cell * sizes[axes[level.Index]]) + level.Item)];
                    known.Add((told.SelectMany(s => At(s, sites[s].Length, group)).ToArray(), count!.Value));
                }
            }
        }
        catch (Exception e) when (e is RunFailedException or SitesFailedException)
        {
            // Nothing was answered; what single sites told is seen all the same.
        }

        foreach (var judged in federation.Judged.Where(j => j is { Function: "partial", Verdict: OutputVerdict.Passes }))
        {
            var site = int.Parse(judged.Site["site ".Length..], CultureInfo.InvariantCulture);
            var partial = JsonSerializer.Deserialize(((OutputVerdict.Passes)judged.Verdict).Bytes.Span, Crosstab.Partial.Result)!;
            if (partial.Rows > 0)
                known.Add((At(site, sites[site].Length, [.. Enumerable.Range(0, sites[site].Length)]), partial.Rows));
            if (partial.Counts.Count == groups.Count)
                known.AddRange(partial.Counts.Index().Where(c => c.Item is not null).Select(c => (At(site, sites[site].Length, groups[c.Index]), c.Item!.Value)));
        }

        return known;
    }

    /// <summary>Every set of categories.</summary>
    private static IEnumerable<int[]> Subsets(int categories) =>
        Enumerable.Range(1, (1 << categories) - 1).Select(mask => Enumerable.Range(0, categories).Where(a => (mask >> a & 1) == 1).ToArray());

    private static int[] At(int site, int size, int[] cells) => [.. cells.Select(c => (site * size) + c)];

    /// <summary>For each cell of the table of some categories the cells of the whole table that it is the sum of.</summary>
    private static IEnumerable<int[]> Groups(int[] sizes, int[] axes)
    {
        var all = Enumerable.Range(0, sizes.Aggregate(1, (a, b) => a * b)).ToList();
        return all.GroupBy(cell => axes.Aggregate(0, (place, axis) => (place * sizes[axis]) + Level(sizes, cell, axis))).OrderBy(g => g.Key).Select(g => g.ToArray());
    }

    private static int Level(int[] sizes, int cell, int axis)
    {
        for (var a = sizes.Length - 1; a > axis; a--)
            cell /= sizes[a];
        return cell % sizes[axis];
    }

    private static MemoryTable Table(int[] sizes, long[] cells, int[] axes) => new("t", [.. axes.Select(a => MemoryColumn.Of($"c{a}", [.. cells.Index().SelectMany(c =>
        Enumerable.Repeat($"l{Level(sizes, c.Index, a)}", (int)c.Item))]))]);

    private static long[] Cells(Random random, int size) => [.. Enumerable.Range(0, size).Select(_ => (long)(random.Next(6) switch
    {
        0 => random.Next(10),
        1 => random.Next(3) == 0 ? 0 : random.Next(20),
        _ => random.Next(8, 60),
    }))];
}
