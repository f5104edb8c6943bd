using System.Numerics;

namespace Vantage.Statistics.Numerics;

/// <summary>
/// Sums of the products of all pairs of a row's values, over many rows: <c>Z'Z</c> of a matrix that is never held. Carried
/// in twice the digits of a double, so that raw columns need no centring or scaling first: a condition of 1e8, squared
/// in Z'Z, still leaves 16 digits, and neither the order of rows nor how they are spread over sites shows.
/// </summary>
/// <remarks>Ogita, Rump, Oishi: Accurate Sum and Dot Product (2005), algorithm Dot2, one vector of sums at a time.</remarks>
internal sealed class CrossProducts
{
    private const int FlushEvery = 4096;
    private readonly int size;
    private readonly int stride;
    private readonly double[] row;
    private readonly double[] high;
    private readonly double[] low;
    private readonly DoubleDouble[] total;
    private int pending;

    public CrossProducts(int size)
    {
        this.size = size;
        stride = (size + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        row = new double[stride];
        high = new double[size * stride];
        low = new double[size * stride];
        total = new DoubleDouble[size * (size + 1) / 2];
    }

    /// <summary>The upper triangle, row by row.</summary>
    public DoubleDouble[] Total
    {
        get
        {
            Flush();
            return total;
        }
    }

    /// <summary>Adds a row, each value multiplied by a factor first.</summary>
    public void Add(ReadOnlySpan<double> values, double factor)
    {
        for (var i = 0; i < values.Length; i++)
            row[i] = values[i] * factor;
        AddRow();
    }

    private void AddRow()
    {
        var lanes = Vector<double>.Count;
        for (var i = 0; i < size; i++)
        {
            // Columns of categories are mostly zeros.
            if (row[i] == 0)
                continue;
            var x = new Vector<double>(row[i]);
            for (var j = i / lanes * lanes; j < stride; j += lanes)
            {
                var at = (i * stride) + j;
                var y = new Vector<double>(row, j);
                var product = x * y;
                var rest = Vector.FusedMultiplyAdd(x, y, -product);
                var before = new Vector<double>(high, at);
                var sum = before + product;
                var part = sum - before;
                var error = (before - (sum - part)) + (product - part);
                sum.CopyTo(high, at);
                (new Vector<double>(low, at) + (error + rest)).CopyTo(low, at);
            }
        }

        if (++pending == FlushEvery)
            Flush();
    }

    private void Flush()
    {
        var k = 0;
        for (var i = 0; i < size; i++)
        {
            for (var j = i; j < size; j++, k++)
                total[k] = total[k] + high[(i * stride) + j] + low[(i * stride) + j];
        }

        Array.Clear(high);
        Array.Clear(low);
        pending = 0;
    }
}
