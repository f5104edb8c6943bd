using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;

namespace Statistics.Tests.Disclosure;

/// <summary>
/// Knows a table's shown cells and every margin, and tries each whole number for each of the others: the strongest that anyone can
/// conclude who does not know the rules. A margin of too few rows is known as far as the table of that category alone tells it.
/// </summary>
internal sealed class MarginAttacker
{
    private readonly long?[] cells;
    private readonly List<(int[] Held, long Left)> lines = [];

    public MarginAttacker(IReadOnlyList<long?> shown, IReadOnlyList<long> true_, IReadOnlyList<int> sizes)
    {
        cells = [.. shown];
        foreach (var line in Known([.. Lines(sizes)], [.. sizes.Where(s => s > 1)], true_))
        {
            var held = line.Where(i => shown[i] is null).ToArray();
            if (held.Length > 0)
                lines.Add((held, held.Sum(i => true_[i])));
        }
    }

    /// <summary>The least and most that a cell can be.</summary>
    public (long Least, long Most) Bounds(int cell)
    {
        var most = lines.Where(l => l.Held.Contains(cell)).Min(l => l.Left);
        var possible = Enumerable.Range(0, (int)most + 1).Select(v => (long)v).Where(v => CanBe(cell, v)).ToList();
        return (possible[0], possible[^1]);
    }

    private bool CanBe(int cell, long value)
    {
        var trial = (long?[])cells.Clone();
        trial[cell] = value;
        return Complete(trial);
    }

    /// <summary>Fills in what a line leaves no choice for, then tries the smallest choice that is left.</summary>
    private bool Complete(long?[] trial)
    {
        var changed = true;
        while (changed)
        {
            changed = false;
            foreach (var (held, rest) in lines)
            {
                var open = held.Where(i => trial[i] is null).ToList();
                var left = rest - held.Sum(i => trial[i] ?? 0);
                if (left < 0 || (open.Count == 0 && left != 0))
                    return false;
                if (open.Count == 1)
                {
                    trial[open[0]] = left;
                    changed = true;
                }
            }
        }

        var next = Array.FindIndex(trial, v => v is null);
        if (next < 0)
            return true;
        var most = lines.Where(l => l.Held.Contains(next)).Min(l => l.Left - l.Held.Sum(i => trial[i] ?? 0));
        for (var value = 0L; value <= most; value++)
        {
            var deeper = (long?[])trial.Clone();
            deeper[next] = value;
            if (Complete(deeper))
                return true;
        }

        return false;
    }

    /// <summary>Of a table of two categories, what the tables of each alone tell: they are there for the asking.</summary>
    private static IEnumerable<int[]> Known(List<int[]> lines, int[] sizes, IReadOnlyList<long> cells)
    {
        if (sizes.Length != 2)
            return lines;
        // Lines along the first axis hold the cells of one level of the second.
        return [.. Told([.. lines.Take(sizes[1])], cells), .. Told([.. lines.Skip(sizes[1])], cells)];
    }

    private static IEnumerable<int[]> Told(int[][] levels, IReadOnlyList<long> cells)
    {
        var alone = CellSuppression.Of(DisclosureRules.DataShield, [.. levels.Select(l => l.Sum(c => cells[c]))], [levels.Length]).Shown;
        return [.. levels.Where((_, i) => alone[i] is not null), [.. levels.Where((_, i) => alone[i] is null).SelectMany(l => l)]];
    }

    /// <summary>
    /// All cells that differ in one axis only: their sum is a margin. An axis of one level is no axis: what would be its margin is
    /// the table itself.
    /// </summary>
    private static IEnumerable<int[]> Lines(IReadOnlyList<int> all)
    {
        var sizes = all.Where(s => s > 1).ToList();
        var total = sizes.Aggregate(1, (a, b) => a * b);
        for (var axis = 0; axis < sizes.Count; axis++)
        {
            var stride = sizes.Skip(axis + 1).Aggregate(1, (a, b) => a * b);
            for (var start = 0; start < total; start++)
            {
                if (start / stride % sizes[axis] == 0)
                    yield return [.. Enumerable.Range(0, sizes[axis]).Select(l => start + (l * stride))];
            }
        }
    }
}
