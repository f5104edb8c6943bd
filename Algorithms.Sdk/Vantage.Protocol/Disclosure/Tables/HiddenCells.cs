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
        var bounds = LinearBounds.Of(TableLines.Known(sizes, all, held, minimum), all, held);
        return held.Select(bounds.Of).All(range => range.Most - range.Least > minimum - 0.5 && range.Most > minimum - 0.5);
    }
}
