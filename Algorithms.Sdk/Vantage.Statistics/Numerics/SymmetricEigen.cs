namespace Vantage.Statistics.Numerics;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations, in twice the digits of a double: small eigenvalues keep
/// theirs beside large ones. Golub, Van Loan: Matrix Computations, 8.5.
/// </summary>
internal sealed class SymmetricEigen
{
    private const int MostSweeps = 100;
    private const double Rounding = 1e-31;

    private SymmetricEigen(double[] values, double[][] vectors) => (Values, Vectors) = (values, vectors);

    /// <summary>Descending.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Of length 1, in the order of the values.</summary>
    public IReadOnlyList<double[]> Vectors { get; }

    public static SymmetricEigen Of(int size, Func<int, int, DoubleDouble> matrix)
    {
        var a = new DoubleDouble[size, size];
        var v = new DoubleDouble[size, size];
        for (var i = 0; i < size; i++)
        {
            v[i, i] = 1;
            for (var j = 0; j < size; j++)
                a[i, j] = matrix(i, j);
        }

        for (var sweep = 0; sweep < MostSweeps && !IsDiagonal(a, size); sweep++)
        {
            for (var p = 0; p < size; p++)
            {
                for (var q = p + 1; q < size; q++)
                    Rotate(a, v, size, p, q);
            }
        }

        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(i => a[i, i].ToDouble())];
        return new(
            [.. order.Select(i => a[i, i].ToDouble())],
            [.. order.Select(i => Enumerable.Range(0, size).Select(r => v[r, i].ToDouble()).ToArray())]);
    }

    private static bool IsDiagonal(DoubleDouble[,] a, int size)
    {
        for (var i = 0; i < size; i++)
        {
            for (var j = i + 1; j < size; j++)
            {
                var limit = Rounding * Math.Sqrt(Math.Abs(a[i, i].ToDouble())) * Math.Sqrt(Math.Abs(a[j, j].ToDouble()));
                if (Math.Abs(a[i, j].ToDouble()) > Math.Max(limit, 1e-300))
                    return false;
            }
        }

        return true;
    }

    private static void Rotate(DoubleDouble[,] a, DoubleDouble[,] v, int size, int p, int q)
    {
        if (Math.Abs(a[p, q].ToDouble()) < 1e-300)
            return;
        var theta = (a[q, q] - a[p, p]) / (a[p, q] * 2);
        var root = Root((theta * theta) + 1);
        var t = (DoubleDouble)(theta.ToDouble() < 0 ? -1 : 1) / ((theta.ToDouble() < 0 ? -theta : theta) + root);
        if (!t.IsFinite)
            t = a[p, q] / (a[q, q] - a[p, p]);
        var c = (DoubleDouble)1 / Root((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < size; k++)
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        for (var k = 0; k < size; k++)
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
        for (var k = 0; k < size; k++)
            (v[k, p], v[k, q]) = ((c * v[k, p]) - (s * v[k, q]), (s * v[k, p]) + (c * v[k, q]));
    }

    /// <summary>One step of Newton's method doubles the digits.</summary>
    private static DoubleDouble Root(DoubleDouble value)
    {
        var near = Math.Sqrt(value.ToDouble());
        return near + ((value - DoubleDouble.Product(near, near)) / (2 * near));
    }
}
