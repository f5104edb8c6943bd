using FsCheck;
using FsCheck.Fluent;
using Vantage.Protocol.Disclosure.Tables;

namespace Vantage.Tests.NodeAgent.Disclosure;

/// <summary>The linear programs say what trying every table says.</summary>
public sealed class LinearBoundsTests
{
    private static readonly Arbitrary<(long[] Cells, bool[] Held)> Tables = Arb.From(
        from cells in Gen.Choose(0, 6).ArrayOf(9)
        from held in Gen.Choose(0, 1).ArrayOf(9)
        where held.Sum() > 0
        select (cells.Select(c => (long)c).ToArray(), held.Select(h => h == 1).ToArray()));

    [Fact]
    public void Bounds_AreTheLeastAndMostOfAllTablesWithTheseMargins() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Tables, table =>
    {
        int[] held = [.. Enumerable.Range(0, 9).Where(i => table.Held[i])];
        var bounds = HiddenCells.Bounds(TableLines.Of([3, 3]), table.Cells, held);
        var all = Every(table.Cells, held).ToList();

        // Sums of rows and columns: the corners of what is possible are whole numbers.
        Assert.All(held.Index(), hidden =>
        {
            Assert.Equal(all.Min(t => t[hidden.Item]), bounds.Least([hidden.Index]), 1e-6);
            Assert.Equal(all.Max(t => t[hidden.Item]), bounds.Most([hidden.Index]), 1e-6);
        });
    }));

    [Theory]
    // Salazar's example turned small: one hidden cell, two in a row, a rectangle, a rectangle of small ones.
    [InlineData(new[] { 4 }, false)]
    [InlineData(new[] { 3, 4 }, false)]
    [InlineData(new[] { 0, 1, 3, 4 }, true)]
    [InlineData(new[] { 0, 1, 3, 4, 8 }, false)]
    public void HiddenCells_StayHidden_OnlyInRectangles(int[] held, bool stay) =>
        Assert.Equal(stay, HiddenCells.Stay([15, 20, 30, 25, 3, 40, 50, 60, 70], held, [3, 3], 10));

    /// <summary>All tables with the same margins and shown cells, by trying.</summary>
    private static IEnumerable<long[]> Every(long[] cells, int[] held)
    {
        var lines = Enumerable.Range(0, 3).SelectMany(i => new[] { new[] { 3 * i, (3 * i) + 1, (3 * i) + 2 }, [i, i + 3, i + 6] })
            .Select(line => (Line: line, Sum: line.Sum(c => cells[c]))).ToList();
        return Fill((long[])cells.Clone(), 0);

        IEnumerable<long[]> Fill(long[] trial, int next)
        {
            if (next == held.Length)
            {
                if (lines.TrueForAll(l => l.Line.Sum(c => trial[c]) == l.Sum))
                    yield return (long[])trial.Clone();
                yield break;
            }

            // A line whose last hidden cell this is leaves no choice; the others leave what is not yet given away.
            var (cell, least, most) = (held[next], 0L, long.MaxValue);
            foreach (var (line, sum) in lines.Where(l => l.Line.Contains(held[next])))
            {
                var open = line.Where(c => c != cell && Array.IndexOf(held, c) > next).ToList();
                var left = sum - line.Where(c => c != cell && !open.Contains(c)).Sum(c => trial[c]);
                (least, most) = (open.Count == 0 ? Math.Max(least, left) : least, Math.Min(most, left));
            }

            for (var value = least; value <= most; value++)
            {
                trial[cell] = value;
                foreach (var whole in Fill(trial, next + 1))
                    yield return whole;
            }
        }
    }
}
