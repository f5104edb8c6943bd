using Vantage.Algorithms.Disclosure;
using Vantage.Protocol.Disclosure;

namespace Vantage.Statistics.Numerics;

/// <summary>Sums that sites return, each good for about 32 digits.</summary>
/// <param name="Values">The nearest doubles.</param>
/// <param name="Rests">
/// What rounding took from each: value + rest is the sum. Where disclosure control takes them away, results lose what they
/// lose in plain double arithmetic.
/// </param>
public sealed record ExactSums(
    IReadOnlyList<double> Values, [property: Discloses(DisclosureKind.Rest)] IReadOnlyList<double> Rests)
{
    private const double Ulp = 1.0 / (1L << 52);

    internal static ExactSums Of(IReadOnlyList<DoubleDouble> sums) =>
        new([.. sums.Select(s => s.High)], [.. sums.Select(s => s.Low)]);

    internal static ExactSums Zeros(int count) => new(new double[count], new double[count]);

    internal DoubleDouble this[int i] => new(Values[i], Rests[i]);

    /// <summary>Whether these can be so many sums.</summary>
    internal bool ArePossible(int count) =>
        Values.Count == count && Rests.Count == count
        && Values.Zip(Rests).All(s => double.IsFinite(s.First) && Math.Abs(s.Second) <= Math.Abs(s.First) * Ulp);

    /// <summary>The sums of all sites' sums, in an order that their numbers decide, so that the sites' order does not.</summary>
    internal static DoubleDouble[] Add(IEnumerable<ExactSums> sites)
    {
        var ordered = sites.Order(Comparer<ExactSums>.Create(Compare)).ToList();
        var sums = new DoubleDouble[ordered[0].Values.Count];
        foreach (var site in ordered)
        {
            for (var i = 0; i < sums.Length; i++)
                sums[i] += site[i];
        }

        return sums;
    }

    private static int Compare(ExactSums a, ExactSums b)
    {
        for (var i = 0; i < a.Values.Count; i++)
        {
            var order = a.Values[i].CompareTo(b.Values[i]);
            if (order == 0)
                order = a.Rests[i].CompareTo(b.Rests[i]);
            if (order != 0)
                return order;
        }

        return 0;
    }
}
