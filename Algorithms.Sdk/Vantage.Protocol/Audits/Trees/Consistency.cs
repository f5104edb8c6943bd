using System.Numerics;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Audits.Trees;

/// <summary>
/// Shows that a tree begins with all leaves of an older one, by a few hashes and without any leaf (RFC 6962 §2.1.2; verified
/// as in RFC 9162 §2.1.4.2).
/// </summary>
public static class Consistency
{
    /// <summary>More than any tree needs: whoever reads a longer proof reads no more of it.</summary>
    public const int LongestProof = 128;

    /// <summary>Which leaves, from 0, each hash of the proof is about. Of none if one of the trees is empty or they are alike.</summary>
    public static IReadOnlyList<(long First, long End)> Plan(long older, long newer)
    {
        if (older < 0 || older > newer)
            throw new ArgumentOutOfRangeException(nameof(older), "The older tree is the smaller one.");
        var plan = new List<(long, long)>();
        if (older == 0)
            return plan;
        var (first, end, whole) = (0L, newer, true);
        while (older != end)
        {
            var middle = first + (1L << BitOperations.Log2((ulong)(end - first - 1)));
            if (older <= middle)
            {
                plan.Add((middle, end));
                end = middle;
            }
            else
            {
                plan.Add((first, middle));
                (first, whole) = (middle, false);
            }
        }

        if (!whole)
            plan.Add((first, end));
        plan.Reverse();
        return plan;
    }

    public static bool Holds(long older, Digest olderRoot, long newer, Digest newerRoot, IReadOnlyList<Digest> proof)
    {
        if (older < 0 || older > newer)
            return false;
        if (older == newer || older == 0)
            return proof.Count == 0 && (older == 0 ? olderRoot == TreeHash.Empty && (newer > 0 || newerRoot == TreeHash.Empty) : olderRoot == newerRoot);
        var path = long.IsPow2(older) ? [olderRoot, .. proof] : proof;
        if (path.Count == 0)
            return false;
        var (at, last) = (older - 1, newer - 1);
        while ((at & 1) == 1)
            (at, last) = (at >> 1, last >> 1);
        var (oldHash, newHash) = (path[0], path[0]);
        foreach (var next in path.Skip(1))
        {
            if (last == 0)
                return false;
            if ((at & 1) == 1 || at == last)
            {
                (oldHash, newHash) = (TreeHash.Node(next, oldHash), TreeHash.Node(next, newHash));
                while ((at & 1) == 0 && at != 0)
                    (at, last) = (at >> 1, last >> 1);
            }
            else
            {
                newHash = TreeHash.Node(newHash, next);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && oldHash == olderRoot && newHash == newerRoot;
    }
}
