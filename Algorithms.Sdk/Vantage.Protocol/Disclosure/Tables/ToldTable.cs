namespace Vantage.Protocol.Disclosure.Tables;

/// <summary>
/// A table of counts that whoever reads a function's result can read off it: what left, and of which columns it is. Declared as
/// <see cref="DisclosureKind.Tables"/>, it is for the node's eyes: tables of the same rows are held against each other, since what each
/// of them hides the others may tell.
/// </summary>
/// <param name="Axes">The categories, none twice.</param>
/// <param name="Counts">A count for each combination of their levels, the last axis changing fastest; null where it is not told.</param>
/// <param name="Rows">The sum of all cells, those that are not told among them; null where it is not told either.</param>
/// <param name="Rounding">The counts are the nearest multiples of this. The node knows, a function need not say.</param>
public sealed record ToldTable(IReadOnlyList<ToldAxis> Axes, IReadOnlyList<long?> Counts, long? Rows = null, int Rounding = 1)
{
    /// <summary>The same table as one of more rows, of which it is about those of a frame.</summary>
    /// <param name="frame">The same word for the same rows.</param>
    public ToldTable Among(string frame) => this with { Axes = [.. Axes, new ToldAxis(frame, ["in"], Missing: true, IsFrame: true)] };

    /// <summary>Whether there are as many counts as combinations of levels, no column or level twice, and nothing negative.</summary>
    public bool IsWhole => Axes.Count > 0 && Rounding > 0 && Rows is null or >= 0 && Counts.All(c => c is null or >= 0)
        && Axes.DistinctBy(a => a.Column).Count() == Axes.Count && Axes.All(a => a.Levels.Distinct(StringComparer.Ordinal).Count() == a.Levels.Count)
        && Axes.Aggregate(1.0, (product, axis) => product * axis.Levels.Count) == Counts.Count;
}

/// <param name="Column">Whose levels these are.</param>
/// <param name="Levels">Those that rows of the table have; null for a missing value, where that counts as one.</param>
/// <param name="Missing">Whether some of the rows that the function was given are left out, since this column misses their value.</param>
/// <param name="IsFrame">
/// The node's own: it is no column but a frame, whose rows have its one level; all other rows miss it, and may be as few as any cell.
/// </param>
public sealed record ToldAxis(string Column, IReadOnlyList<string?> Levels, bool Missing = false, bool IsFrame = false);
