using System.Numerics;

namespace Vantage.Protocol.Disclosure.Tables;

/// <summary>Equations between unknowns that are not negative, solved for some of them, and a goal in terms of the others.</summary>
internal sealed class Tableau
{
    private const double Tiny = 1e-9;
    private const int Artificial = -1;
    private readonly int unknowns;

    /// <summary>A row for each equation, the goal last; in each the coefficients, then what they add up to.</summary>
    private readonly double[][] rows;
    private readonly int[] basis;

    private Tableau(int unknowns, double[][] rows, int[] basis) => (this.unknowns, this.rows, this.basis) = (unknowns, rows, basis);

    /// <summary>What the goal lacks: of the first one, how far the equations are from being solved; later, the goal's negative.</summary>
    public double Goal => rows[^1][^1];

    /// <summary>Of sums, solved by nothing yet: the first goal is what is missing of all of them.</summary>
    public static Tableau Of(int unknowns, IReadOnlyList<KnownSum> known)
    {
        var ranges = known.Count(k => k.Most > k.Least);
        var width = unknowns + (2 * ranges) + 1;
        var (rows, slack) = (new List<double[]>(), unknowns);
        foreach (var (terms, least, most) in known)
        {
            var row = new double[width];
            foreach (var term in terms)
            {
                row[term] = 1;
            }

            row[^1] = most;
            rows.Add(row);
            if (most > least)
            {
                // The sum and its distance from the most; that distance and what is left of the range.
                var range = new double[width];
                (row[slack], range[slack], range[slack + 1], range[^1]) = (1, 1, 1, most - least);
                slack += 2;
                rows.Add(range);
            }
        }

        var goal = new double[width];
        foreach (var row in rows)
        {
            Add(goal, row, 1);
        }

        return new(unknowns, [.. rows, goal], [.. Enumerable.Repeat(Artificial, rows.Count)]);
    }

    public Tableau Copy() => new(unknowns, [.. rows.Select(row => (double[])row.Clone())], [.. basis]);

    /// <summary>Equations that are solved by nothing, and hold all the same, are solved for one of their unknowns; one without any says nothing new.</summary>
    public void LeaveArtificial()
    {
        for (var r = 0; r < basis.Length; r++)
        {
            if (basis[r] == Artificial && Array.FindIndex(rows[r], 0, rows[r].Length - 1, entry => Math.Abs(entry) > Tiny) is >= 0 and var column)
                Pivot(r, column);
        }
    }

    /// <summary>A new goal: so many times this sum.</summary>
    public void Want(IReadOnlyList<int> terms, double sign)
    {
        var goal = rows[^1];
        Array.Clear(goal);
        foreach (var term in terms)
        {
            goal[term] += sign;
        }

        for (var r = 0; r < basis.Length; r++)
        {
            if (basis[r] != Artificial && goal[basis[r]] is not 0 and var cost)
                Add(goal, rows[r], -cost);
        }
    }

    /// <summary>A column that raises the goal, the steepest or the first; -1 if there is none.</summary>
    public int Entering(bool isFirst)
    {
        var goal = rows[^1];
        var (best, gain) = (-1, Tiny);
        for (var j = 0; j < goal.Length - 1; j++)
        {
            if (goal[j] > gain)
            {
                (best, gain) = (j, goal[j]);
                if (isFirst)
                    return j;
            }
        }

        return best;
    }

    /// <summary>The row that stands in the way of a column first; -1 if none does.</summary>
    public int Leaving(int column, bool isFirst)
    {
        var (best, ratio) = (-1, double.PositiveInfinity);
        for (var r = 0; r < basis.Length; r++)
        {
            if (rows[r][column] <= Tiny)
                continue;
            var own = Math.Max(0, rows[r][^1]) / rows[r][column];
            if (own < ratio - Tiny || (own <= ratio + Tiny && (isFirst ? basis[r] < basis[best] : rows[r][column] > rows[best][column])))
                (best, ratio) = (r, Math.Min(own, ratio));
        }

        return best;
    }

    public void Pivot(int row, int column)
    {
        var own = rows[row];
        var factor = 1 / own[column];
        for (var j = 0; j < own.Length; j++)
        {
            own[j] *= factor;
        }

        own[column] = 1;
        foreach (var other in rows)
        {
            if (other != own && other[column] is not 0 and var times)
            {
                Add(other, own, -times);
                other[column] = 0;
            }
        }

        basis[row] = column;
    }

    public void Read(Span<double> values)
    {
        values.Clear();
        for (var r = 0; r < basis.Length; r++)
        {
            if (basis[r] >= 0 && basis[r] < unknowns)
                values[basis[r]] = rows[r][^1];
        }
    }

    private static void Add(double[] to, double[] row, double times)
    {
        var (j, factor) = (0, new Vector<double>(times));
        for (; j <= to.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            (new Vector<double>(to, j) + (factor * new Vector<double>(row, j))).CopyTo(to, j);
        }

        for (; j < to.Length; j++)
        {
            to[j] += times * row[j];
        }
    }
}
