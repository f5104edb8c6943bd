using System.Numerics;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Audits.Trees;

/// <summary>Where a full subtree lies: the leaves from <c>Index · 2^Level</c> on, <c>2^Level</c> of them.</summary>
public readonly record struct SubtreePlace(int Level, long Index)
{
    public long First => Index << Level;

    public long Count => 1L << Level;

    /// <summary>The fewest full subtrees that make up the leaves from <paramref name="first"/> (from 0) up to <paramref name="end"/>.</summary>
    public static IEnumerable<SubtreePlace> Cover(long first, long end)
    {
        while (first < end)
        {
            var fits = BitOperations.Log2((ulong)(end - first));
            var level = first == 0 ? fits : Math.Min(fits, BitOperations.TrailingZeroCount(first));
            yield return new SubtreePlace(level, first >> level);
            first += 1L << level;
        }
    }
}

/// <summary>A full subtree and its hash.</summary>
public readonly record struct Subtree(SubtreePlace Place, Digest Hash);
