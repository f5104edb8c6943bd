using FsCheck;
using FsCheck.Fluent;
using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;

namespace Statistics.Tests.Disclosure;

/// <summary>What is held back of a table stays unknown to whoever knows all of its margins.</summary>
public sealed class CellSuppressionTests
{
    private static readonly Arbitrary<(int[] Sizes, long[] Cells)> Tables = Arb.From(
        from sizes in Gen.Elements<int[]>([4], [6], [2, 2], [3, 3], [2, 4], [4, 3], [1, 5], [2, 2, 2], [2, 3, 2])
        from cells in Gen.Frequency((3, Gen.Choose(3, 14)), (1, Gen.Choose(0, 2)), (1, Gen.Choose(15, 25)))
            .ArrayOf(sizes.Aggregate(1, (a, b) => a * b))
        select (sizes, cells.Select(c => (long)c).ToArray()));

    [Fact]
    public void NoForbiddenCell_CanBeComputedFromTheMargins() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(Tables, table =>
    {
        var rules = DisclosureRules.DataShield;
        var (shown, forbidden, others) = CellSuppression.Of(rules, table.Cells, table.Sizes);

        Assert.All(table.Cells.Index(), c => Assert.True(shown[c.Index] == c.Item || (shown[c.Index] is null)));
        Assert.All(table.Cells.Index(), c => Assert.True(rules.MayShow(c.Item) || shown[c.Index] is null));
        Assert.Equal(shown.Count(s => s is null), forbidden + others);
        if (forbidden == 0 || shown.All(s => s is null))
            return;
        var attacker = new MarginAttacker(shown, table.Cells, table.Sizes);
        // What went with the forbidden ones may be told by itself.
        foreach (var (i, _) in table.Cells.Index().Where(c => !rules.MayShow(c.Item)))
        {
            var (least, most) = attacker.Bounds(i);
            Assert.True(most - least >= rules.MinimumCell, $"cell {i} of [{string.Join(',', table.Cells)}] lies between {least} and {most}");
        }
    }));

    [Fact]
    public void ASingleSmallCell_TakesTheSmallestBlockWithIt()
    {
        var (shown, forbidden, others) = CellSuppression.Of(DisclosureRules.Acro, [4, 30, 40, 50, 60, 70, 80, 90, 12], [3, 3]);

        Assert.Equal((1, 3), (forbidden, others));
        Assert.Equal([null, 30, null, 50, 60, 70, null, 90, null], shown);
    }

    [Fact]
    public void EmptyCells_PassWhereTheRulesSaySo()
    {
        Assert.Equal([0L, 12L, 20L], CellSuppression.Of(DisclosureRules.DataShield, [0, 12, 20], [3]).Shown);
        Assert.Equal([null, null, 20L], CellSuppression.Of(DisclosureRules.Acro, [0, 12, 20], [3]).Shown);
        Assert.Equal([1L, 2L], CellSuppression.Of(DisclosureRules.Off, [1, 2], [2]).Shown);
    }

    [Fact]
    public void ATableInWhichNothingCanHide_IsHeldBackWhole() =>
        Assert.Equal([null, null, null, null], CellSuppression.Of(DisclosureRules.Acro, [1, 12, 11, 1], [2, 2]).Shown);
}
