namespace Vantage.Protocol.Disclosure.Tables.Linked;

/// <summary>A cell of a table, as a sum of the combinations that it is made of.</summary>
/// <param name="known">What those come to that are known.</param>
/// <param name="terms">The places of the others among the unknown ones.</param>
internal sealed class JointCell(double known, int[] terms)
{
    private double least = double.PositiveInfinity;
    private double most = double.NegativeInfinity;

    public double Known => known;

    /// <summary>That there is nobody may be known.</summary>
    public bool MayBeNone { get; init; }

    public int[] Terms => terms;

    /// <summary>So it can be.</summary>
    /// <param name="example">A count for each unknown combination.</param>
    public void See(double[] example)
    {
        var count = known;
        foreach (var term in terms)
        {
            count += example[term];
        }

        (least, most) = (Math.Min(least, count), Math.Max(most, count));
    }

    /// <summary>Whether what was seen of it is wide already.</summary>
    public bool IsWide(long minimum) => HiddenCells.IsWide(least, most, minimum);
}
