using Vantage.Algorithms.Disclosure;
using Vantage.Algorithms.Functions;
using Vantage.Algorithms.Tables;
using Vantage.Protocol.Disclosure;
using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Summaries;

/// <summary>What is kept of a numeric column while its rows go by.</summary>
internal struct ColumnSums
{
    /// <summary>Numbers that leave, besides counts.</summary>
    public const int Told = 7;

    private ShapeMoments moments;
    private double lowest;
    private double highest;
    private TwoValues values;
    private Contributions contributions;

    public long Missing { get; private set; }

    public void Add(NumberColumn column, DisclosureRules rules)
    {
        var isFirst = moments.Own.Count == 0;
        var here = column.Values.Span;
        Missing += column.Missing;
        moments += ShapeMoments.Of(here);
        foreach (var value in here)
        {
            if (double.IsNaN(value))
                continue;
            (lowest, highest) = isFirst ? (value, value) : (Math.Min(lowest, value), Math.Max(highest, value));
            isFirst = false;
        }

        if (rules.IsOff)
            return;
        contributions.Add(here);
        foreach (var value in here)
            values.Add(value);
    }

    /// <summary>Null, or the rule that forbids to tell of the column.</summary>
    public readonly string? Against(DisclosureRules rules) =>
        rules.IsOff ? null
            : !rules.MaySpeakOf(moments.Own.Count) || values.IsAgainst(rules) ? SuppressionRules.MinimumCell
            : contributions.Against(rules);

    public readonly ColumnMoments Tell(string table, string name, DisclosureRules rules)
    {
        var own = moments.Own;
        if (own.Count == 0)
            return new(name, 0, rules.Blur(Missing), null, null, null);
        if (!own.IsFinite)
        {
            throw new DataInvalidException(
                $"Column '{name}' of '{table}': its values are too large for a sum of squares in double precision.");
        }

        return new(name, own.Count, rules.Blur(Missing), own.Mean.High, own.Mean.Low, own.M2.ToDouble())
        {
            M3 = moments.M3.IsFinite ? moments.M3.ToDouble() : null,
            M4 = moments.M4.IsFinite ? moments.M4.ToDouble() : null,
            Bounds = BlurredBounds.Of(rules, own.Count, lowest, highest),
            Evidence = contributions.Evidence(rules),
        };
    }
}
