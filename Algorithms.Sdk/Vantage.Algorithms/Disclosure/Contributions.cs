using Vantage.Protocol.Disclosure;

namespace Vantage.Algorithms.Disclosure;

/// <summary>Follows the largest contributions to a sum, for the rules of dominance and p-ratio.</summary>
public struct Contributions
{
    private double total;
    private double largest;
    private double second;

    /// <param name="value">A row's; its size counts.</param>
    public void Add(double value)
    {
        var size = Math.Abs(value);
        if (double.IsNaN(size))
            return;
        total += size;
        if (size > largest)
            (second, largest) = (largest, size);
        else if (size > second)
            second = size;
    }

    /// <param name="values">Of rows; NaN stands for missing.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
            Add(value);
    }

    /// <summary>For the node; null where the rules don't ask for it.</summary>
    public readonly SumEvidence? Evidence(DisclosureRules rules) => rules.IsOff ? null : new(total, largest, second);

    /// <summary>Null, or which rule forbids the sum.</summary>
    public readonly string? Against(DisclosureRules rules) => rules.AgainstSum(new(total, largest, second));
}
