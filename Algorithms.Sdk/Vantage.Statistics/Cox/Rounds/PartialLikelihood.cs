using Vantage.Statistics.Numerics;

namespace Vantage.Statistics.Cox.Rounds;

/// <summary>The logarithm of Cox's partial likelihood with its derivatives, and the baseline hazard, event time by event time.</summary>
internal sealed class PartialLikelihood
{
    /// <summary>What is less than this part of a column's squares is rounding: the column does not differ among those at risk.</summary>
    private const double Rounding = 1e-26;

    private readonly int width;
    private readonly DoubleDouble[] information;

    public PartialLikelihood(int width)
        : this(0, new DoubleDouble[width], new DoubleDouble[SymmetricMatrix.Length(width)])
    {
    }

    /// <summary>One that others have added up.</summary>
    public PartialLikelihood(DoubleDouble logLikelihood, DoubleDouble[] score, DoubleDouble[] information) =>
        (LogLikelihood, Score, this.information, width) = (logLikelihood, score, information, score.Length);

    /// <summary>At coefficients so far out that no double holds the risks.</summary>
    public static PartialLikelihood Beyond(int width) => new(width) { LogLikelihood = double.NaN };

    public DoubleDouble LogLikelihood { get; private set; }

    public DoubleDouble[] Score { get; }

    public DoubleDouble[] Information => information;

    /// <param name="sums">Σ η and Σ x over the rows with events.</param>
    public void AddDying(IReadOnlyList<DoubleDouble> sums)
    {
        LogLikelihood += sums[0];
        for (var i = 0; i < width; i++)
            Score[i] += sums[1 + i];
    }

    /// <summary>One event time of one stratum.</summary>
    /// <param name="atRisk">As in <see cref="RiskSetSums"/>.</param>
    /// <param name="dying">The same over those who die; empty for Breslow's method, or where only one does.</param>
    /// <param name="events">How many die.</param>
    /// <returns>By how much the cumulative baseline hazard grows.</returns>
    public double AddTime(ReadOnlySpan<DoubleDouble> atRisk, ReadOnlySpan<DoubleDouble> dying, long events)
    {
        if (dying.IsEmpty)
            return Add(atRisk, events);
        var hazard = 0.0;
        var rest = new DoubleDouble[atRisk.Length];
        for (var k = 0L; k < events; k++)
        {
            for (var i = 0; i < rest.Length; i++)
                rest[i] = atRisk[i] - (dying[i] * k / events);
            hazard += Add(rest, 1);
        }

        return hazard;
    }

    private double Add(ReadOnlySpan<DoubleDouble> sums, long times)
    {
        var total = sums[0];
        LogLikelihood -= (DoubleDouble)Math.Log(total.ToDouble()) * times;
        Span<DoubleDouble> mean = new DoubleDouble[width];
        for (var i = 0; i < width; i++)
        {
            mean[i] = sums[1 + i] / total;
            Score[i] -= mean[i] * times;
        }

        for (var (i, k) = (0, 0); i < width; i++)
        {
            var own = sums[1 + width + k].ToDouble() / total.ToDouble();
            for (var j = i; j < width; j++, k++)
            {
                var second = sums[1 + width + k] / total;
                var difference = second - (mean[i] * mean[j]);
                if (i != j || difference.ToDouble() > Rounding * own)
                    information[k] += difference * times;
            }
        }

        return times / total.ToDouble();
    }
}
