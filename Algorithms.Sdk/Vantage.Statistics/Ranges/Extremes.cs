using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Ranges;

/// <summary>Counts the values of a column and keeps the smallest and the largest.</summary>
internal struct Extremes
{
    private long count;
    private double lowest;
    private double highest;

    public long Rows { get; private set; }

    /// <param name="values">NaN is missing.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        Rows += values.Length;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            (lowest, highest) = count == 0 ? (value, value) : (Math.Min(lowest, value), Math.Max(highest, value));
            count++;
        }
    }

    /// <summary>As far as the rules let it leave; what they do not is added to the list.</summary>
    public readonly ColumnRange Told(string name, DisclosureRules rules, List<Suppressed> suppressed)
    {
        var missing = Rows - count;
        if (!rules.MaySpeakOf(count))
        {
            suppressed.Add(new(SuppressionRules.MinimumCell, 4, name));
            return new(name, 0, null, null);
        }

        var bounds = BlurredBounds.Of(rules, count, lowest, highest);
        if (bounds is null && count > 0)
            suppressed.Add(new(SuppressionRules.MinimumCell, 2, name));
        if (!rules.MayShow(missing))
            suppressed.Add(new(SuppressionRules.MinimumCell, 1, name));
        return new(name, count, rules.MayShow(missing) ? missing : null, bounds);
    }
}
