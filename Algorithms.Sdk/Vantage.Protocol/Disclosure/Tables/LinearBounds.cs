namespace Vantage.Protocol.Disclosure.Tables;

/// <summary>
/// The least and most that a hidden cell can be, given all sums it is part of and that no cell is negative: two linear programs for
/// each cell, by the simplex method with Bland's rule, which never goes in circles.
/// </summary>
internal sealed class LinearBounds
{
    private const double Tiny = 1e-9;
    private readonly int[] held;
    private readonly double[][] rows;
    private readonly int[] basis;

    private LinearBounds(int[] held, double[][] rows, int[] basis) => (this.held, this.rows, this.basis) = (held, rows, basis);

    /// <param name="lines">Cells whose sum is known.</param>
    /// <param name="all">Every cell, for the sums.</param>
    /// <param name="held">The hidden ones.</param>
    public static LinearBounds Of(IReadOnlyList<int[]> lines, IReadOnlyList<long> all, int[] held)
    {
        var place = held.Index().ToDictionary(h => h.Item, h => h.Index);
        var equations = lines.Select(line => line.Where(place.ContainsKey).ToArray()).Where(line => line.Length > 0).ToList();
        var width = held.Length + equations.Count;
        var table = equations.Select((line, r) =>
        {
            var row = new double[width + 1];
            foreach (var cell in line)
            {
                row[place[cell]] = 1;
            }

            row[held.Length + r] = 1;
            row[width] = line.Sum(cell => (double)all[cell]);
            return row;
        }).ToArray();
        var bounds = new LinearBounds(held, table, [.. Enumerable.Range(held.Length, equations.Count)]);
        bounds.LeaveArtificial();
        return bounds;
    }

    /// <summary>Of a hidden cell.</summary>
    public (double Least, double Most) Of(int cell)
    {
        var place = Array.IndexOf(held, cell);
        return (-Copy().Maximise(place, -1), Copy().Maximise(place, 1));
    }

    private int Width => rows.Length == 0 ? 0 : rows[0].Length - 1;

    private LinearBounds Copy() => new(held, [.. rows.Select(row => (double[])row.Clone())], [.. basis]);

    /// <summary>The artificial variables stand in the basis at first; their sum is brought to 0, which the true table shows is possible.</summary>
    private void LeaveArtificial()
    {
        var cost = new double[Width + 1];
        foreach (var row in rows)
        {
            for (var j = 0; j <= Width; j++)
            {
                cost[j] += j >= held.Length && j < Width ? 0 : row[j];
            }
        }

        Improve(cost);
        for (var r = 0; r < rows.Length; r++)
        {
            // One that stays at 0 makes way for any cell of its equation; an equation without one says nothing new.
            var column = basis[r] < held.Length ? -1 : Array.FindIndex(rows[r], 0, held.Length, entry => Math.Abs(entry) > Tiny);
            if (column >= 0)
            {
                Pivot(r, column, cost);
            }
        }
    }

    private double Maximise(int cell, double sign)
    {
        var cost = new double[Width + 1];
        cost[cell] = sign;
        for (var r = 0; r < rows.Length; r++)
        {
            if (basis[r] == cell)
            {
                for (var j = 0; j <= Width; j++)
                {
                    cost[j] -= sign * rows[r][j];
                }
            }
        }

        Improve(cost);
        return -cost[Width];
    }

    /// <summary>Brings in columns that raise the goal, as long as there are any. Sums of counts bound every cell, so there is an end.</summary>
    private void Improve(double[] cost)
    {
        while (Array.FindIndex(cost, 0, held.Length, gain => gain > Tiny) is >= 0 and var column)
        {
            var leaving = -1;
            for (var r = 0; r < rows.Length; r++)
            {
                if (rows[r][column] > Tiny && (leaving < 0 || Ratio(r, column) < Ratio(leaving, column) - Tiny
                    || (Ratio(r, column) <= Ratio(leaving, column) + Tiny && basis[r] < basis[leaving])))
                {
                    leaving = r;
                }
            }

            if (leaving < 0)
            {
                return;
            }

            Pivot(leaving, column, cost);
        }
    }

    private double Ratio(int row, int column) => rows[row][Width] / rows[row][column];

    private void Pivot(int row, int column, double[] cost)
    {
        var own = rows[row];
        var factor = own[column];
        for (var j = 0; j <= Width; j++)
        {
            own[j] /= factor;
        }

        foreach (var other in rows.Where(other => other != own).Append(cost))
        {
            var times = other[column];
            if (times == 0)
            {
                continue;
            }

            for (var j = 0; j <= Width; j++)
            {
                other[j] -= times * own[j];
            }
        }

        basis[row] = column;
    }
}
