namespace Vantage.Statistics.Numerics;

/// <summary>
/// Solves X'X·b = X'y by an LDL' factorisation in twice the digits of a double. A column that earlier ones explain is
/// left out, the later of the two, by the rule of R's <c>lm</c>: what remains of its length after projecting on the earlier
/// columns is below a tolerance times its length.
/// </summary>
internal sealed class NormalEquations
{
    private readonly SymmetricMatrix cross;
    private readonly int[] kept;
    private readonly DoubleDouble[,] lower;
    private readonly DoubleDouble[] diagonal;

    private NormalEquations(SymmetricMatrix cross, int[] kept, DoubleDouble[,] lower, DoubleDouble[] diagonal) =>
        (this.cross, this.kept, this.lower, this.diagonal) = (cross, kept, lower, diagonal);

    /// <summary>The columns that are not explained by earlier ones, ascending.</summary>
    public IReadOnlyList<int> Kept => kept;

    /// <summary>One entry of the matrix.</summary>
    public double Product(int i, int j) => cross[i, j].ToDouble();

    /// <param name="matrix">X'X, or a larger matrix that begins with it.</param>
    /// <param name="columns">Which of its columns to look at, ascending.</param>
    /// <param name="tolerance">As R's: 1e-7 for linear models.</param>
    public static NormalEquations Factorise(SymmetricMatrix matrix, IEnumerable<int> columns, double tolerance)
    {
        var candidates = columns.ToArray();
        var taken = new List<int>();
        var factor = new DoubleDouble[candidates.Length, candidates.Length];
        var pivots = new DoubleDouble[candidates.Length];
        foreach (var column in candidates)
        {
            var place = taken.Count;
            var rest = matrix[column, column];
            for (var j = 0; j < place; j++)
            {
                var sum = matrix[column, taken[j]];
                for (var k = 0; k < j; k++)
                    sum -= factor[place, k] * factor[j, k] * pivots[k];
                factor[place, j] = sum / pivots[j];
                rest -= factor[place, j] * sum;
            }

            var length = matrix[column, column].ToDouble();
            if (length <= 0 || !(rest.ToDouble() >= tolerance * tolerance * length))
                continue;
            pivots[place] = rest;
            taken.Add(column);
        }

        return new(matrix, [.. taken], factor, pivots);
    }

    /// <summary>b for a right side given for all columns of the matrix, in the order of <see cref="Kept"/>.</summary>
    public DoubleDouble[] Solve(Func<int, DoubleDouble> right)
    {
        var solution = new DoubleDouble[kept.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            var sum = right(kept[i]);
            for (var j = 0; j < i; j++)
                sum -= lower[i, j] * solution[j];
            solution[i] = sum;
        }

        for (var i = kept.Length - 1; i >= 0; i--)
        {
            var sum = solution[i] / diagonal[i];
            for (var j = i + 1; j < kept.Length; j++)
                sum -= lower[j, i] * solution[j];
            solution[i] = sum;
        }

        return solution;
    }

    /// <summary>(X'X)⁻¹ of the kept columns.</summary>
    public double[,] Inverse()
    {
        var inverse = new double[kept.Length, kept.Length];
        for (var c = 0; c < kept.Length; c++)
        {
            var column = kept[c];
            var solved = Solve(k => k == column ? 1.0 : 0.0);
            for (var r = 0; r < kept.Length; r++)
                inverse[r, c] = solved[r].ToDouble();
        }

        return inverse;
    }

    /// <summary>What remains of a further column's squared length after projecting it on the kept ones.</summary>
    public DoubleDouble Rest(int column)
    {
        var rest = cross[column, column];
        var solved = new DoubleDouble[kept.Length];
        for (var i = 0; i < kept.Length; i++)
        {
            var sum = cross[column, kept[i]];
            for (var j = 0; j < i; j++)
                sum -= lower[i, j] * solved[j];
            solved[i] = sum;
            rest -= sum * sum / diagonal[i];
        }

        return rest.High > 0 ? rest : DoubleDouble.Zero;
    }
}
