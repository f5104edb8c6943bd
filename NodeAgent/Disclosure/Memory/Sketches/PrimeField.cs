namespace Vantage.NodeAgent.Disclosure.Memory.Sketches;

/// <summary>Numbers modulo the prime 2^61 - 1.</summary>
internal static class PrimeField
{
    public const ulong Prime = (1UL << 61) - 1;

    /// <summary>One of them that is not 0, of any 64 bits.</summary>
    public static ulong NotZero(ulong bits) => bits % Prime is var number && number == 0 ? 1 : number;

    public static ulong Plus(ulong a, ulong b) => Below(a + b);

    public static ulong Minus(ulong a, ulong b) => Below(a + Prime - b);

    public static ulong Times(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return Below((low & Prime) + ((high << 3) | (low >> 61)));
    }

    private static ulong Below(ulong number) => number >= Prime ? number - Prime : number;
}
