namespace Statistics.Tests.Disclosure.Attack;

/// <summary>
/// The least and most of a sum of unknown counts, given equations between them: the attacker's own solver, which shares nothing with the
/// node's. Two phases on a dense tableau; Bland's choice of columns, so that it ends.
/// </summary>
internal sealed class Simplex
{
    private const double Tiny = 1e-7;
    private readonly double[,] table;
    private readonly int[] basis;
    private readonly int unknowns;

    /// <param name="unknowns">How many; none is negative.</param>
    /// <param name="equations">Which of them add up to what.</param>
    public Simplex(int unknowns, IReadOnlyList<(int[] Terms, long Sum)> equations)
    {
        this.unknowns = unknowns;
        var m = equations.Count;
        table = new double[m + 1, unknowns + m + 1];
        basis = new int[m];
        for (var r = 0; r < m; r++)
        {
            foreach (var term in equations[r].Terms)
                table[r, term] += 1;
            table[r, unknowns + r] = 1;
            table[r, unknowns + m] = equations[r].Sum;
            basis[r] = unknowns + r;
        }

        // The sum of what does not add up yet is brought down to nothing.
        for (var r = 0; r < m; r++)
        {
            for (var c = 0; c <= unknowns + m; c++)
                table[m, c] -= c >= unknowns && c < unknowns + m ? 0 : table[r, c];
        }

        Run(table, basis);
        for (var r = 0; r < m; r++)
        {
            for (var c = 0; c < unknowns && basis[r] >= unknowns; c++)
            {
                if (Math.Abs(table[r, c]) > Tiny)
                    Pivot(table, basis, r, c);
            }
        }
    }

    public (double Least, double Most) Of(IReadOnlyList<int> terms) => (Minimum(terms, 1), -Minimum(terms, -1));

    private double Minimum(IReadOnlyList<int> terms, double sign)
    {
        var (t, b) = ((double[,])table.Clone(), (int[])basis.Clone());
        var (m, last) = (b.Length, t.GetLength(1) - 1);
        for (var c = 0; c <= last; c++)
            t[m, c] = 0;
        foreach (var term in terms)
            t[m, term] += sign;
        for (var r = 0; r < m; r++)
        {
            var cost = b[r] < unknowns ? t[m, b[r]] : 0;
            for (var c = 0; cost != 0 && c <= last; c++)
                t[m, c] -= cost * t[r, c];
        }

        return Run(t, b) ? -t[m, last] : double.NegativeInfinity;
    }

    /// <summary>False where there is no end to it: nothing that is known says how large it may be.</summary>
    private bool Run(double[,] t, int[] b)
    {
        var (m, last) = (b.Length, t.GetLength(1) - 1);
        while (true)
        {
            var column = 0;
            while (column < unknowns && t[m, column] >= -Tiny)
                column++;
            if (column == unknowns)
                return true;
            var row = -1;
            for (var r = 0; r < m; r++)
            {
                if (t[r, column] > Tiny && (row < 0 || t[r, last] / t[r, column] < (t[row, last] / t[row, column]) - 1e-12
                    || (t[r, last] / t[r, column] <= t[row, last] / t[row, column] && b[r] < b[row])))
                {
                    row = r;
                }
            }

            if (row < 0)
                return false;
            Pivot(t, b, row, column);
        }
    }

    private static void Pivot(double[,] t, int[] b, int row, int column)
    {
        var (rows, columns, factor) = (t.GetLength(0), t.GetLength(1), t[row, column]);
        for (var c = 0; c < columns; c++)
            t[row, c] /= factor;
        for (var r = 0; r < rows; r++)
        {
            var times = t[r, column];
            if (r == row || times == 0)
                continue;
            for (var c = 0; c < columns; c++)
                t[r, c] -= times * t[row, c];
        }

        b[row] = column;
    }
}
