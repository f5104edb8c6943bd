using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Disclosure.Tables;
using Vantage.Protocol.Disclosure.Tables.Linked;

namespace Statistics.Tests.Disclosure;

/// <summary>Tables of the same rows that are harmless one by one.</summary>
public sealed class LinkedTablesTests
{
    /// <summary>
    /// Combinations of three categories of two levels. The tables of two have no count below 27. But with all three of them only one
    /// number is open: rows may go from 000, 011, 101 and 110 to the others or back. So 000 and 111 lie between 0 and 5.
    /// </summary>
    private static readonly long[] Cube = [2, 25, 35, 30, 45, 40, 50, 3];

    private static readonly DisclosureRules Acro = DisclosureRules.Acro;

    [Theory]
    [InlineData("ab", "ac", "bc")]
    [InlineData("bc", "ab", "ac")]
    [InlineData("ac", "bc", "ab")]
    public void TheThirdOfThreeTables_StaysWhereItWouldTellASmallCellOfAllThree(string first, string second, string third)
    {
        Assert.Equal(LinkedVerdict.Nothing, Judge([], first));
        Assert.Equal(LinkedVerdict.Nothing, Judge([first], second));
        Assert.Equal(LinkedVerdict.Narrow, Judge([first, second], third));
    }

    [Fact]
    public void ThreeTablesOfOneAnswer_AreHeldAgainstEachOther() => Assert.Equal(LinkedVerdict.Narrow, Judge([], "ab", "bc", "ac"));

    [Fact]
    public void TheMinimumCell_SaysWhatNarrowIs() => Assert.Equal(LinkedVerdict.Nothing, Judge(["ab", "bc"], ["ac"], Acro with { MinimumCell = 5 }));

    [Fact]
    public void WhatIsLargeAnyway_MayBeKnown() => Assert.Equal(
        LinkedVerdict.Nothing, LinkedTables.Judge([Table("ab", Large), Table("bc", Large)], [Table("ac", Large)], Acro));

    [Fact]
    public void TablesThatShareOneColumn_TellNothingOfEachOther() => Assert.Equal(LinkedVerdict.Nothing, Judge(["ab"], "ac"));

    [Fact]
    public void ATableThatWasHeldBackWhole_LinksNothing()
    {
        var whole = Table("abc", Cube) with { Counts = [.. Cube.Select(_ => (long?)null)] };

        Assert.Equal(LinkedVerdict.Nothing, LinkedTables.Judge([whole], [Table("ab", Cube)], Acro));
        Assert.Equal(LinkedVerdict.Narrow, LinkedTables.Judge([whole, Table("ab", Cube), Table("bc", Cube)], [Table("ac", Cube)], Acro));
    }

    [Fact]
    public void ColumnsInARingOfFour_AreLookedAtTogether()
    {
        // Where d has the levels of c under other names, the table of a and d tells what that of a and c would.
        var d = new ToldAxis("d", ["c0", "c1"]);
        var same = new ToldTable([new("c", ["0", "1"]), d], [125, null, null, 105], 230);
        var ring = Table("ac", Cube) with { Axes = [new("a", ["0", "1"]), d] };

        Assert.Equal(LinkedVerdict.Nothing, LinkedTables.Judge([Table("ab", Cube), Table("bc", Cube)], [ring], Acro));
        Assert.NotEqual(LinkedVerdict.Nothing, LinkedTables.Judge(
            [Table("ab", Cube), Table("bc", Cube), ring], [same with { Counts = [125, 0, 0, 105] }], Acro with { ZeroCellsPass = true }));
    }

    [Fact]
    public void RoundedCounts_TellLess()
    {
        ToldTable[] rounded = [.. new[] { "ab", "bc", "ac" }.Select(of => Table(of, Cube) is var table ? table with
        {
            Rows = null, Rounding = 10, Counts = [.. table.Counts.Select(c => (c + 5) / 10 * 10)],
        } : null!)];

        Assert.Equal(LinkedVerdict.Nothing, LinkedTables.Judge(rounded[..2], rounded[2..], Acro));
    }

    [Fact]
    public void RowsThatMissAValue_MayBeAnywhere()
    {
        // Nobody knows how many rows of the other two tables miss a.
        ToldTable[] tables = [.. new[] { "ab", "bc", "ac" }.Select(of => Table(of, Cube)).Select(t => t with { Axes = [.. t.Axes.Select(a => a with { Missing = true })] })];

        Assert.Equal(LinkedVerdict.Nothing, LinkedTables.Judge(tables[..2], tables[2..], Acro));
    }

    [Fact]
    public void TablesOfOtherRows_AreNotTakenForOnesOfTheSame() => Assert.Equal(
        LinkedVerdict.Contradict, LinkedTables.Judge([Table("ab", Cube), Table("bc", Cube)], [Table("ac", Large)], Acro));

    [Fact]
    public void ThreeLargeColumns_AreNotLookedAt()
    {
        var many = Enumerable.Range(0, 12).Select(i => $"{i}").ToArray();
        ToldTable Of(string one, string other) => new([new(one, many), new(other, many)], [.. Enumerable.Repeat((long?)50, 144)], 7200);

        Assert.Equal(LinkedVerdict.TooLarge, LinkedTables.Judge([Of("a", "b"), Of("b", "c")], [Of("a", "c")], Acro));
    }

    [Theory]
    [InlineData(12, 20, LinkedVerdict.Nothing)]
    [InlineData(12, 27, LinkedVerdict.Narrow)]
    [InlineData(0, 20, LinkedVerdict.Nothing)]
    public void WhatAFrameLeavesOut_IsACellToo(int outsideOfOne, int inTheOther, LinkedVerdict expected)
    {
        // Of 30 and 30 rows the frame has those, and who knows both tables knows what is outside.
        ToldAxis a = new("a", ["0", "1"]);
        var (all, frame) = (new ToldTable([a], [30, 30], 60), new ToldTable([a], [30 - outsideOfOne, inTheOther], 30 - outsideOfOne + inTheOther).Among("young"));

        Assert.Equal(expected, LinkedTables.Judge([all], [frame], Acro));
        Assert.Equal(expected, LinkedTables.Judge([frame], [all], Acro));
    }

    [Fact]
    public void TwoFrames_AreNotTakenForPartsOfEachOther()
    {
        ToldAxis a = new("a", ["0", "1"]);
        var (women, men) = (new ToldTable([a], [20, 15], 35).Among("women"), new ToldTable([a], [18, 13], 31).Among("men"));

        Assert.Equal(LinkedVerdict.Nothing, LinkedTables.Judge([new([a], [38, 28], 66), women], [men], Acro));
    }

    private static readonly long[] Large = [50, 60, 70, 80, 90, 55, 65, 75];

    private static LinkedVerdict Judge(string[] before, params string[] now) => Judge(before, now, Acro);

    private static LinkedVerdict Judge(string[] before, string[] now, DisclosureRules rules) =>
        LinkedTables.Judge([.. before.Select(b => Table(b, Cube))], [.. now.Select(n => Table(n, Cube))], rules);

    /// <summary>The table of some of the columns a, b and c.</summary>
    private static ToldTable Table(string columns, long[] cube)
    {
        var axes = columns.Select(c => c - 'a').ToArray();
        var counts = new long?[1 << axes.Length];
        for (var cell = 0; cell < cube.Length; cell++)
        {
            var place = axes.Aggregate(0, (p, axis) => (p * 2) + (cell >> (2 - axis) & 1));
            counts[place] = (counts[place] ?? 0) + cube[cell];
        }

        return new([.. columns.Select(c => new ToldAxis(c.ToString(), ["0", "1"]))], counts, cube.Sum());
    }
}
