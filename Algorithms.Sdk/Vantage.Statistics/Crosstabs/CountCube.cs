namespace Vantage.Statistics.Crosstabs;

/// <summary>The cells of a table of one to three variables.</summary>
/// <param name="cells">Null for one that is held back. The last variable's levels change fastest.</param>
/// <param name="sizes">Levels of each variable.</param>
internal sealed class CountCube(IReadOnlyList<long?> cells, IReadOnlyList<int> sizes)
{
    public IReadOnlyList<long?> Cells => cells;

    public IReadOnlyList<int> Sizes => sizes;

    /// <summary>Rows by columns of one layer, or summed over all of them.</summary>
    public long?[][] Table(int? layer)
    {
        var (columns, layers) = (sizes.Count > 1 ? sizes[1] : 1, sizes.Count > 2 ? sizes[2] : 1);
        var table = Enumerable.Range(0, sizes[0]).Select(_ => Enumerable.Repeat((long?)0, columns).ToArray()).ToArray();
        for (var cell = 0; cell < cells.Count; cell++)
        {
            if (layer is null || cell % layers == layer)
                table[cell / layers / columns][cell / layers % columns] += cells[cell];
        }

        return table;
    }

    /// <summary>The level that a cell has of a variable.</summary>
    public int Level(int cell, int variable)
    {
        for (var v = sizes.Count - 1; v > variable; v--)
            cell /= sizes[v];
        return cell % sizes[variable];
    }
}
