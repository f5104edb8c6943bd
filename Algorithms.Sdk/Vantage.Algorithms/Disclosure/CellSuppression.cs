using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Disclosure.Tables;

namespace Vantage.Algorithms.Disclosure;

/// <summary>
/// Holds back the cells of a table that the rules forbid, and as many others as it takes that nobody who knows every margin
/// can compute them, where a margin of too few rows is no more known than a cell. For each cell it finds a block of cells, one of each pair of levels on every axis, in which it could be
/// as large as the minimum cell without any margin showing it (the hypercube method of τ-Argus).
/// </summary>
public static class CellSuppression
{
    /// <param name="rules">The node's.</param>
    /// <param name="cells">All counts, the last axis changing fastest.</param>
    /// <param name="sizes">Levels of each axis.</param>
    /// <returns>The counts that may leave, null in place of the others; how many were forbidden, and how many went with them.</returns>
    public static (IReadOnlyList<long?> Shown, int Forbidden, int Others) Of(
        DisclosureRules rules, IReadOnlyList<long> cells, IReadOnlyList<int> sizes)
    {
        var held = Held(rules, cells, sizes);
        // The blocks are a quick way; where they leave a way in, or their help is itself too small to hide, nothing of the table is shown.
        int[] places = [.. Enumerable.Range(0, held.Length).Where(i => held[i])];
        if (places.Length > 0 && places.Length < held.Length && !HiddenCells.Stay(cells, places, sizes, rules.MinimumCell))
            Array.Fill(held, true);
        var forbidden = cells.Count(count => !rules.MayShow(count));
        long?[] shown = [.. cells.Select((count, i) => held[i] ? (long?)null : count)];
        return (shown, forbidden, held.Count(h => h) - forbidden);
    }

    private static bool[] Held(DisclosureRules rules, IReadOnlyList<long> cells, IReadOnlyList<int> sizes)
    {
        bool[] held = [.. cells.Select(count => !rules.MayShow(count))];
        if (!held.Contains(true))
            return held;
        if (sizes.Where(s => s > 1).ToList() is [var rows, var columns])
            return new TwoWay(rows, columns, cells).Held(rules);
        Complete(rules, cells, sizes, held);
        return held;
    }

    /// <summary>
    /// A table of two categories. A level with too few rows of its own is hidden from everyone, in the table of that category alone
    /// too, together with what hides it there: these levels are one level here, of which no part is shown.
    /// </summary>
    private sealed class TwoWay(int rows, int columns, IReadOnlyList<long> cells)
    {
        public bool[] Held(DisclosureRules rules)
        {
            var (row, height) = Merge(CellSuppression.Held(rules, [.. Enumerable.Range(0, rows).Select(Row)], [rows]));
            var (column, width) = Merge(CellSuppression.Held(rules, [.. Enumerable.Range(0, columns).Select(Column)], [columns]));
            var merged = new long[height * width];
            for (var i = 0; i < cells.Count; i++)
                merged[(row[i / columns] * width) + column[i % columns]] += cells[i];
            bool[] held = [.. merged.Select(count => !rules.MayShow(count))];
            if (held.Contains(true))
                Complete(rules, merged, [height, width], held);
            return
            [
                .. cells.Select((_, i) => held[(row[i / columns] * width) + column[i % columns]]
                    || row.Count(r => r == row[i / columns]) > 1 || column.Count(c => c == column[i % columns]) > 1),
            ];
        }

        private long Row(int row) => Enumerable.Range(0, columns).Sum(c => cells[(row * columns) + c]);

        private long Column(int column) => Enumerable.Range(0, rows).Sum(r => cells[(r * columns) + column]);

        /// <summary>The new place of each level, and how many places there are: the hidden ones share the last.</summary>
        private static (int[] Places, int Count) Merge(bool[] held)
        {
            var shown = held.Count(h => !h);
            var next = 0;
            return ([.. held.Select(h => h ? shown : next++)], shown + (held.Contains(true) ? 1 : 0));
        }
    }

    private static void Complete(DisclosureRules rules, IReadOnlyList<long> cells, IReadOnlyList<int> sizes, bool[] held)
    {
        var table = new CellBlocks(sizes);
        var primary = Enumerable.Range(0, held.Length).Where(i => held[i]).OrderByDescending(i => cells[i]).ToList();
        foreach (var cell in primary)
        {
            var block = held.Count(h => h) > DisclosureRules.MostHeldCells ? null : table.Best(cell, cells, held, rules.MinimumCell);
            if (block is null)
            {
                Array.Fill(held, true);
                return;
            }

            foreach (var corner in block)
                held[corner] = true;
        }

        if (held.Count(h => h) > DisclosureRules.MostHeldCells)
            Array.Fill(held, true);
    }
}
