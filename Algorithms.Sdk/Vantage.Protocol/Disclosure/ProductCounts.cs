namespace Vantage.Protocol.Disclosure;

/// <summary>
/// Counts of rows that show in sums of products. In X'X of a matrix whose first column is all ones, a column of zeros and ones shows
/// itself by x·x = x·1, and then both are a count of rows; the product of two such columns is a cell of their table. Weights that are
/// the same for every row, as in the first round of a logistic model, hide none of it.
/// </summary>
public static class ProductCounts
{
    private const double Slack = 1e-9;

    /// <summary>
    /// Whether one of these counts is too small for the rules. Two levels of one category never meet, which tells nothing: an empty
    /// cell passes here whatever the rules say of others.
    /// </summary>
    /// <param name="rules">The node's.</param>
    /// <param name="rows">That the sums are over.</param>
    /// <param name="triangle">The upper triangle of X'X, row by row.</param>
    /// <param name="size">Columns of X.</param>
    public static bool AreTooFew(DisclosureRules rules, long rows, IReadOnlyList<double> triangle, int size)
    {
        if (rules.IsOff || size == 0 || rows == 0 || !(triangle[0] > 0))
            return false;
        var weight = triangle[0] / rows;
        if (LevelsWithoutIntercept(rows, size, (i, j) => triangle[(i * size) - (i * (i - 1) / 2) + j - i]).Any(IsFew))
            return true;
        var indicators = Enumerable.Range(1, size - 1).Where(i => Same(At(i, i), At(0, i)) && IsWhole(At(i, i))).ToList();
        return indicators.Any(i => IsFew(At(i, i)) || IsFew(rows - At(i, i)) || indicators.Any(j =>
            j > i && IsWhole(At(i, j)) && At(i, j) > Slack
            && (IsFew(At(i, j)) || IsFew(At(i, i) - At(i, j)) || IsFew(At(j, j) - At(i, j)))));

        double At(int i, int j) => triangle[(i * size) - (i * (i - 1) / 2) + j - i] / weight;

        static bool IsWhole(double count) => Same(count, Math.Round(count));

        bool IsFew(double count) => count > 0.5 && count < rules.MinimumCell;
    }

    /// <summary>
    /// Without an intercept a category has a column for each level: no two of them meet, and their squares add up to the rows.
    /// </summary>
    private static List<double> LevelsWithoutIntercept(long rows, int size, Func<int, int, double> at)
    {
        for (var first = 0; first < size; first++)
        {
            var set = new List<int>();
            for (var j = first; j < size; j++)
            {
                if (at(j, j) > 0 && Same(at(j, j), Math.Round(at(j, j))) && set.TrueForAll(i => Math.Abs(at(i, j)) <= Slack))
                    set.Add(j);
            }

            if (set.Count > 1 && Same(set.Sum(j => at(j, j)), rows))
                return [.. set.Select(j => at(j, j))];
        }

        return [];
    }

    private static bool Same(double a, double b) => Math.Abs(a - b) <= Slack * Math.Max(1, Math.Abs(b));
}
