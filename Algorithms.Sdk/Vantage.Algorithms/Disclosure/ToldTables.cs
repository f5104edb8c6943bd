using Vantage.Protocol.Disclosure;
using Vantage.Protocol.Disclosure.Tables;

namespace Vantage.Algorithms.Disclosure;

/// <summary>What a function tells its node of a table that it gives, declared as <see cref="DisclosureKind.Tables"/>.</summary>
public static class ToldTables
{
    /// <summary>A table by its columns. Levels that no row has are left out: which levels there are is told anyway.</summary>
    /// <param name="axes">Its columns with the levels that were asked for.</param>
    /// <param name="all">Every count, the last axis changing fastest.</param>
    /// <param name="shown">Those that leave; null for one that is held back.</param>
    public static ToldTable Of(IReadOnlyList<ToldAxis> axes, IReadOnlyList<long> all, IReadOnlyList<long?> shown)
    {
        var margins = axes.Select(axis => new long[axis.Levels.Count]).ToArray();
        foreach (var (cell, count) in all.Index())
        {
            foreach (var (axis, level) in Places(axes, cell))
                margins[axis][level] += count;
        }

        return new(
            [.. axes.Select((axis, i) => axis with { Levels = [.. axis.Levels.Where((_, level) => margins[i][level] > 0)] })],
            [.. shown.Where((_, cell) => Places(axes, cell).All(place => margins[place.Axis][place.Level] > 0))],
            all.Sum());
    }

    /// <summary>The levels of a cell.</summary>
    private static IEnumerable<(int Axis, int Level)> Places(IReadOnlyList<ToldAxis> axes, int cell)
    {
        for (var axis = axes.Count - 1; axis >= 0; axis--)
        {
            yield return (axis, cell % axes[axis].Levels.Count);
            cell /= axes[axis].Levels.Count;
        }
    }
}
