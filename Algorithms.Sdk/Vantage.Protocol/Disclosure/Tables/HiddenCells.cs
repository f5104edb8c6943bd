namespace Vantage.Protocol.Disclosure.Tables;

/// <summary>
/// Whether the hidden cells of a table stay hidden from whoever knows every margin. The function that hides them asks, so that it holds
/// back more where they do not, and so does the node, which takes no function's word for it.
/// </summary>
public static class HiddenCells
{
    /// <summary>Whether each cell could be anything in a range of the minimum cell's width, and as large as the minimum cell.</summary>
    /// <param name="all">Every cell, the last axis changing fastest.</param>
    /// <param name="held">The places of the hidden ones.</param>
    /// <param name="sizes">Levels of each axis.</param>
    /// <param name="minimum">The minimum cell.</param>
    public static bool Stay(IReadOnlyList<long> all, int[] held, IReadOnlyList<int> sizes, long minimum)
    {
        if (held.Length > DisclosureRules.MostHeldCells)
            return false;
        var bounds = Bounds(TableLines.Known(sizes, all, held, minimum), all, held);
        return Enumerable.Range(0, held.Length).All(cell => IsWide(bounds.Least([cell]), bounds.Most([cell]), minimum));
    }

    /// <summary>What follows for the hidden cells, numbered in their order, from sums along lines.</summary>
    internal static LinearBounds Bounds(IReadOnlyList<int[]> lines, IReadOnlyList<long> all, int[] held)
    {
        var place = held.Index().ToDictionary(h => h.Item, h => h.Index);
        return new(held.Length, [.. lines.Select(line => line.Where(place.ContainsKey).ToArray()).Where(hidden => hidden.Length > 0)
            .Select(hidden => (Cells: hidden, Sum: hidden.Sum(cell => (double)all[cell])))
            .Select(line => new KnownSum([.. line.Cells.Select(cell => place[cell])], line.Sum, line.Sum))]);
    }

    /// <summary>Whether who knows only this knows nothing of a few rows.</summary>
    internal static bool IsWide(double least, double most, long minimum) => most - least > minimum - 0.5 && most > minimum - 0.5;
}
