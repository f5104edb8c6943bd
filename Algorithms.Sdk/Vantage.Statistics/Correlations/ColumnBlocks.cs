namespace Vantage.Statistics.Correlations;

/// <summary>Which columns are looked at together.</summary>
internal static class ColumnBlocks
{
    /// <summary>All at once, or each pair.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Of(int columns, string use) => use == MissingValues.Pairwise
        ? [.. Enumerable.Range(0, columns).SelectMany(
            i => Enumerable.Range(i + 1, columns - i - 1).Select(j => (IReadOnlyList<int>)[i, j]))]
        : [[.. Enumerable.Range(0, columns)]];
}
