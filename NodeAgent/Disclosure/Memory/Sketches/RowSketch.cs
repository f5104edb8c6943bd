using System.Buffers.Binary;

namespace Vantage.NodeAgent.Disclosure.Memory.Sketches;

/// <summary>How two sets of rows stand to each other, for somebody who knows numbers about both.</summary>
internal enum RowDifference
{
    /// <summary>They are the same: the second number tells nothing.</summary>
    None,

    /// <summary>They differ in so few rows that the numbers tell of these.</summary>
    Few,

    /// <summary>They differ in enough rows.</summary>
    Enough,
}

/// <summary>
/// A set of rows in a few hundred bytes: how many there are, and the sums of the first powers of their keys, modulo a prime. What two
/// sets share cancels out of the difference of their sums; what is left tells exactly how many keys they do not share, as long as
/// there are no more than half as many as there are powers (Prony's method, as in codes that correct errors). So few rows of
/// difference are found without fail, whatever the size of the sets, and rows that are alike count as often as they occur.
/// </summary>
internal sealed class RowSketch
{
    private readonly ulong[] powers;

    private RowSketch(long rows, ulong[] powers) => (Rows, this.powers) = (rows, powers);

    public long Rows { get; private set; }

    /// <summary>Differences of up to so many rows are told exactly.</summary>
    public int Reach => powers.Length / 2;

    public static RowSketch Empty(int reach) => new(0, new ulong[2 * reach]);

    /// <summary>Of what <see cref="ToBytes"/> gave. Throws <see cref="FormatException"/> for anything else.</summary>
    public static RowSketch Of(long rows, ReadOnlySpan<byte> bytes)
    {
        if (rows < 0 || bytes.Length == 0 || bytes.Length % 16 != 0)
        {
            throw new FormatException("This is no sketch of rows.");
        }

        var read = new ulong[bytes.Length / 8];
        for (var i = 0; i < read.Length; i++)
        {
            read[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
            if (read[i] >= PrimeField.Prime)
            {
                throw new FormatException("This is no sketch of rows.");
            }
        }

        return new(rows, read);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[8 * powers.Length];
        for (var i = 0; i < powers.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8 * i), powers[i]);
        }

        return bytes;
    }

    /// <param name="key">A row's, from <see cref="PrimeField.NotZero"/>.</param>
    public void Add(ulong key)
    {
        Rows++;
        var power = key;
        for (var i = 0; i < powers.Length; i++)
        {
            powers[i] = PrimeField.Plus(powers[i], power);
            power = PrimeField.Times(power, key);
        }
    }

    /// <summary>
    /// Never takes few rows for enough. Sets whose sketches reach less far than <paramref name="enough"/> are told apart as far as they
    /// reach. Where rows are alike, a difference in many of a few kinds may pass for few.
    /// </summary>
    /// <param name="other">What it is held against.</param>
    /// <param name="enough">So many rows.</param>
    public RowDifference Against(RowSketch other, int enough)
    {
        if (Math.Abs(Rows - other.Rows) >= enough)
        {
            return RowDifference.Enough;
        }

        var length = Math.Min(powers.Length, other.powers.Length);
        Span<ulong> difference = stackalloc ulong[length];
        for (var i = 0; i < length; i++)
        {
            difference[i] = PrimeField.Minus(powers[i], other.powers[i]);
        }

        var apart = LinearComplexity.Of(difference, Math.Min(enough, length / 2));
        return apart == 0 && Rows == other.Rows ? RowDifference.None
            : apart < Math.Min(enough, length / 2) ? RowDifference.Few
            : RowDifference.Enough;
    }

    /// <summary>Whether it is the same set, as far as both sketches reach.</summary>
    public bool IsOfSameRows(RowSketch other)
    {
        var length = Math.Min(powers.Length, other.powers.Length);
        return Rows == other.Rows && powers.AsSpan(0, length).SequenceEqual(other.powers.AsSpan(0, length));
    }

    /// <summary>Whether it is the same set, seen by sketches of one reach.</summary>
    public bool IsSame(RowSketch other) => Rows == other.Rows && powers.AsSpan().SequenceEqual(other.powers);
}
