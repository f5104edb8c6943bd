using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Glm.Search;

/// <summary>
/// Which coefficients the rows that are not separated leave open: those of columns that others determine there, and of
/// the others. Along them the separated rows go on to infinity.
/// </summary>
internal static class Undetermined
{
    /// <summary>Parts below this are rounding.</summary>
    private const double Part = 1e-6;

    /// <param name="cross">X'WX of the rows that are not separated.</param>
    /// <param name="all">The columns that are not collinear over all rows.</param>
    /// <param name="kept">Those of them that are not collinear over these rows.</param>
    public static IReadOnlyList<int> Of(SymmetricMatrix cross, IReadOnlyList<int> all, IReadOnlyList<int> kept)
    {
        var equations = NormalEquations.Factorise(cross, kept, 0);
        var open = new SortedSet<int>();
        foreach (var column in all.Except(kept))
        {
            open.Add(column);
            var length = Length(column);
            foreach (var (other, part) in kept.Zip(equations.Solve(i => cross[i, column])))
            {
                if (length > 0 && Math.Abs(part.ToDouble()) * Length(other) > Part * length)
                    open.Add(other);
            }
        }

        return [.. open];

        double Length(int column) => Math.Sqrt(Math.Max(cross[column, column].ToDouble(), 0));
    }
}
