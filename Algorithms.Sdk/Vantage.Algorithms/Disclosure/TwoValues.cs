using Vantage.Protocol.Disclosure;

namespace Vantage.Algorithms.Disclosure;

/// <summary>
/// Counts the rows of each value of a numeric column, as long as it has one or two: such a column is a category, and what is
/// computed of it tells how many rows each has.
/// </summary>
public struct TwoValues
{
    private double first;
    private double other;
    private long firstRows;
    private long otherRows;
    private bool isMore;

    /// <param name="value">A row's; NaN stands for missing.</param>
    public void Add(double value)
    {
        if (isMore || double.IsNaN(value))
            return;
        if (firstRows == 0 || value == first)
            (first, firstRows) = (value, firstRows + 1);
        else if (otherRows == 0 || value == other)
            (other, otherRows) = (value, otherRows + 1);
        else
            isMore = true;
    }

    /// <summary>Whether it has exactly two values, and the rules forbid to tell how many rows one of them has.</summary>
    public readonly bool IsAgainst(DisclosureRules rules) =>
        !isMore && otherRows > 0 && (!rules.MayShow(firstRows) || !rules.MayShow(otherRows));
}
