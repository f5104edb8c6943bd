using Vantage.Statistics.Numerics;
using Vantage.Statistics.Survival;

namespace Vantage.Statistics.Cox.AtSite;

/// <summary>Sums over the rows at risk at each event time of one stratum, and over those who die then.</summary>
internal sealed class RiskSets
{
    private readonly int width;
    private readonly double[] times;
    private readonly int[] tiedPlace;
    private readonly DoubleDouble[] atRisk;
    private readonly DoubleDouble[] dying;
    private readonly DoubleDouble[] products;

    public RiskSets(int width, IReadOnlyList<double> times, IReadOnlyList<int> tied)
    {
        this.width = width;
        this.times = [.. times];
        Size = SizeOf(width);
        tiedPlace = new int[times.Count];
        Array.Fill(tiedPlace, -1);
        for (var i = 0; i < tied.Count; i++)
            tiedPlace[tied[i]] = i;
        atRisk = new DoubleDouble[times.Count * Size];
        dying = new DoubleDouble[tied.Count * Size];
        products = new DoubleDouble[Size];
    }

    /// <summary>How many sums a time has.</summary>
    public int Size { get; }

    public static int SizeOf(int width) => 1 + width + SymmetricMatrix.Length(width);

    /// <param name="start">At risk after it.</param>
    /// <param name="stop">At risk until it, and dying at it.</param>
    /// <param name="x">Centred.</param>
    /// <param name="risk">exp(η).</param>
    /// <param name="isEvent">Whether the row dies.</param>
    public void Add(double start, double stop, ReadOnlySpan<double> x, double risk, bool isEvent)
    {
        var last = TimeTies.LastUpTo(times, stop);
        var before = TimeTies.LastUpTo(times, start);
        if (last <= before)
            return;
        Fill(x, risk);
        Add(atRisk, last, 1);
        if (before >= 0)
            Add(atRisk, before, -1);
        if (isEvent && tiedPlace[last] >= 0)
            Add(dying, tiedPlace[last], 1);
    }

    /// <summary>Rows were added where they end: they are at risk at all earlier times too.</summary>
    public (DoubleDouble[] AtRisk, DoubleDouble[] Dying) Total()
    {
        for (var i = atRisk.Length - Size - 1; i >= 0; i--)
            atRisk[i] += atRisk[i + Size];
        return (atRisk, dying);
    }

    private void Fill(ReadOnlySpan<double> x, double risk)
    {
        products[0] = risk;
        for (var (i, k) = (0, 1 + width); i < width; i++)
        {
            var product = DoubleDouble.Product(risk, x[i]);
            products[1 + i] = product;
            for (var j = i; j < width; j++)
                products[k++] = product * x[j];
        }
    }

    private void Add(DoubleDouble[] sums, int place, double sign)
    {
        for (var i = 0; i < Size; i++)
            sums[(place * Size) + i] += sign > 0 ? products[i] : -products[i];
    }
}
