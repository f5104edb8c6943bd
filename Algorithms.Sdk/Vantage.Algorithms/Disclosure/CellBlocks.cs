namespace Vantage.Algorithms.Disclosure;

/// <summary>The blocks of a table that a cell is a corner of: for each axis its own level and another.</summary>
internal sealed class CellBlocks
{
    private readonly int[] sizes;
    private readonly int[] strides;

    public CellBlocks(IReadOnlyList<int> sizes)
    {
        // An axis with one level has no other to move rows to, and its margin is the table without it.
        this.sizes = [.. sizes.Where(s => s > 1)];
        strides = new int[this.sizes.Length];
        var stride = 1;
        for (var axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= this.sizes[axis];
        }
    }

    /// <summary>
    /// The corners of the block that costs the fewest rows which are not held back already, among those in which the cell may be
    /// <paramref name="room"/> rows more, or, if it is as large as that, as many fewer. Null if there is none.
    /// </summary>
    public IReadOnlyList<int>? Best(int cell, IReadOnlyList<long> cells, bool[] held, long room)
    {
        (IReadOnlyList<int>? Block, long Cost) best = (null, long.MaxValue);
        foreach (var other in Others(cell))
        {
            var block = Corners(cell, other);
            // Moving a row into the cell takes one from each corner an odd number of axes away, and gives one to the others.
            var movable = block.Where(c => c.IsOdd).Min(c => cells[c.Cell]);
            var cost = block.Where(c => !held[c.Cell]).Sum(c => cells[c.Cell] + 1);
            if (movable >= room && cost < best.Cost)
                best = ([.. block.Select(c => c.Cell)], cost);
        }

        return best.Block;
    }

    /// <summary>The opposite corners: another level on every axis.</summary>
    private IEnumerable<int> Others(int cell)
    {
        if (sizes.Length == 0)
            return [];
        IEnumerable<int> corners = [0];
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            var (own, stride, size) = (Level(cell, axis), strides[axis], sizes[axis]);
            corners = corners.SelectMany(c => Enumerable.Range(0, size).Where(l => l != own).Select(l => c + (l * stride)));
        }

        return corners;
    }

    private List<(int Cell, bool IsOdd)> Corners(int cell, int other)
    {
        var corners = new List<(int Cell, bool IsOdd)> { (0, false) };
        for (var axis = 0; axis < sizes.Length; axis++)
        {
            var (own, far) = (Level(cell, axis) * strides[axis], Level(other, axis) * strides[axis]);
            corners = [.. corners.Select(c => (c.Cell + own, c.IsOdd)), .. corners.Select(c => (c.Cell + far, !c.IsOdd))];
        }

        return corners;
    }

    private int Level(int cell, int axis) => cell / strides[axis] % sizes[axis];
}
