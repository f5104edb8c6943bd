using Vantage.Protocol.Disclosure;

namespace Vantage.Algorithms.Disclosure;

/// <summary>
/// Holds back the cells of a table that the rules forbid, and as many others as it takes that nobody who knows every margin
/// can compute them. For each cell it finds a block of cells, one of each pair of levels on every axis, in which it could be
/// as large as the minimum cell without any margin showing it (the hypercube method of τ-Argus).
/// </summary>
public static class CellSuppression
{
    /// <summary>Tables with more cells are held back whole where anything of them is.</summary>
    private const int MostCells = 4096;

    /// <param name="rules">The node's.</param>
    /// <param name="cells">All counts, the last axis changing fastest.</param>
    /// <param name="sizes">Levels of each axis.</param>
    /// <returns>The counts that may leave, null in place of the others; how many were forbidden, and how many went with them.</returns>
    public static (IReadOnlyList<long?> Shown, int Forbidden, int Others) Of(
        DisclosureRules rules, IReadOnlyList<long> cells, IReadOnlyList<int> sizes)
    {
        var held = new bool[cells.Count];
        var forbidden = 0;
        for (var i = 0; i < held.Length; i++)
        {
            held[i] = !rules.MayShow(cells[i]);
            forbidden += held[i] ? 1 : 0;
        }

        if (forbidden > 0)
            Complete(rules, cells, sizes, held);
        long?[] shown = [.. cells.Select((count, i) => held[i] ? (long?)null : count)];
        return (shown, forbidden, held.Count(h => h) - forbidden);
    }

    private static void Complete(DisclosureRules rules, IReadOnlyList<long> cells, IReadOnlyList<int> sizes, bool[] held)
    {
        var table = new CellBlocks(sizes);
        var primary = Enumerable.Range(0, held.Length).Where(i => held[i]).OrderByDescending(i => cells[i]).ToList();
        if (cells.Count > MostCells)
        {
            Array.Fill(held, true);
            return;
        }

        foreach (var cell in primary)
        {
            if (table.Best(cell, cells, held, rules.MinimumCell) is not { } block)
            {
                Array.Fill(held, true);
                return;
            }

            foreach (var corner in block)
                held[corner] = true;
        }
    }
}
