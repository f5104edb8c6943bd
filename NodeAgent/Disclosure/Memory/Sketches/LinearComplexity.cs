namespace Vantage.NodeAgent.Disclosure.Memory.Sketches;

/// <summary>
/// The fewest terms by which a sequence goes on by itself, by Berlekamp and Massey, without a division. Sums of the first, second,
/// third … powers of d different numbers, each times a weight that is not 0, have exactly d as soon as 2d of them are known.
/// </summary>
internal static class LinearComplexity
{
    /// <summary>Of the sequence, or <paramref name="enough"/> as soon as it is that at least.</summary>
    public static int Of(ReadOnlySpan<ulong> sequence, int enough)
    {
        var width = sequence.Length + 2;
        Span<ulong> current = stackalloc ulong[width];
        Span<ulong> former = stackalloc ulong[width];
        Span<ulong> next = stackalloc ulong[width];
        current.Clear();
        former.Clear();
        (current[0], former[0]) = (1, 1);
        var (length, shift, divisor) = (0, 1, 1UL);
        for (var at = 0; at < sequence.Length; at++, shift++)
        {
            var gap = 0UL;
            for (var i = 0; i <= length; i++)
            {
                gap = PrimeField.Plus(gap, PrimeField.Times(current[i], sequence[at - i]));
            }

            if (gap == 0)
            {
                continue;
            }

            for (var i = 0; i < width; i++)
            {
                var moved = i >= shift ? PrimeField.Times(gap, former[i - shift]) : 0;
                next[i] = PrimeField.Minus(PrimeField.Times(divisor, current[i]), moved);
            }

            if (2 * length <= at)
            {
                current.CopyTo(former);
                (length, shift, divisor) = (at + 1 - length, 0, gap);
                if (length >= enough)
                {
                    return enough;
                }
            }

            next.CopyTo(current);
        }

        return length;
    }
}
