using System.Globalization;

namespace Vantage.Statistics.Quantiles;

/// <summary>Doubles as whole numbers in the same order, without a gap: what halving an interval until one double is left needs.</summary>
internal static class OrderedDoubles
{
    public static long Key(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        return bits < 0 ? long.MinValue - bits : bits;
    }

    public static double Value(long key) => BitConverter.Int64BitsToDouble(key < 0 ? long.MinValue - key : key);

    /// <summary>Whether no double lies between two neighbours.</summary>
    public static bool AreNext(double low, double high) => (UInt128)((Int128)Key(high) - Key(low)) <= 1;

    /// <summary>So many doubles between two, about as far from each other by their keys.</summary>
    public static IEnumerable<double> Between(double low, double high, int count)
    {
        var (from, width) = (Key(low), (Int128)Key(high) - Key(low));
        return Enumerable.Range(1, count).Select(i => Value((long)(from + (width * i / (count + 1)))));
    }

    /// <summary>
    /// Decimal numbers in an interval, at most so many: the values of real columns have few digits. Written as a person writes
    /// them, so that they are the same doubles as those that were read from a file.
    /// </summary>
    public static IEnumerable<double> Decimals(double low, double high, int most)
    {
        var power = (int)Math.Floor(Math.Log10((high - low) / most)) + 1;
        if (high - low <= 0 || power is < -300 or > 300)
            return [];
        var step = Math.Pow(10, power);
        var (first, last) = (Math.Ceiling(low / step), Math.Floor(high / step));
        return first > last || Math.Max(Math.Abs(first), Math.Abs(last)) > 1L << 52
            ? []
            : Enumerable.Range(0, (int)Math.Min(most, last - first) + 1).Select(i => double.Parse(
                string.Create(CultureInfo.InvariantCulture, $"{(long)first + i}e{power}"), CultureInfo.InvariantCulture));
    }
}
