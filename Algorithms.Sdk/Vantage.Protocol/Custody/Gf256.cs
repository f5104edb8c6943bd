namespace Vantage.Protocol.Custody;

/// <summary>
/// The field of 256 elements by x⁸+x⁴+x³+x²+1, in which libgfshare counts, too. Without tables or branches on what is secret:
/// time and memory accesses are the same for all values.
/// </summary>
internal static class Gf256
{
    private const int Reduction = 0x1d;

    public static byte Multiply(byte a, byte b)
    {
        var product = 0;
        int x = a;
        int y = b;
        for (var bit = 0; bit < 8; bit++)
        {
            product ^= -(y & 1) & x;
            x = ((x << 1) & 0xff) ^ (-(x >> 7) & Reduction);
            y >>= 1;
        }

        return (byte)product;
    }

    /// <summary>Of all but zero, whose inverse this gives as zero.</summary>
    public static byte Invert(byte a)
    {
        // a^254: squares of a, each multiplied in but the first.
        byte square = a;
        byte result = 1;
        for (var i = 0; i < 7; i++)
        {
            square = Multiply(square, square);
            result = Multiply(result, square);
        }

        return result;
    }
}
