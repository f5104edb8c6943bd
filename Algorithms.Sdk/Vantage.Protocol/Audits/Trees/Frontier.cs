using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Audits.Trees;

/// <summary>
/// As much of a growing Merkle tree as its root and its growth need: the full subtrees that make up its leaves, largest
/// first, at most 63 hashes however many leaves there are. Not thread-safe.
/// </summary>
public sealed class Frontier
{
    private readonly List<Subtree> subtrees = [];

    /// <summary>How many leaves there are.</summary>
    public long Size { get; private set; }

    /// <summary>From the left; together with <see cref="Size"/> all that has to be kept.</summary>
    public IEnumerable<Digest> Hashes => subtrees.Select(subtree => subtree.Hash);

    public Digest Root => FoldRight(subtrees.Select(subtree => subtree.Hash)) ?? TreeHash.Empty;

    /// <summary>Throws <see cref="ArgumentException"/> unless there are as many hashes as a tree of this size has subtrees.</summary>
    public static Frontier Of(long size, IReadOnlyList<Digest> hashes)
    {
        var places = SubtreePlace.Cover(0, size).ToList();
        if (size < 0 || places.Count != hashes.Count)
            throw new ArgumentException($"A tree of {size} leaves has {places.Count} full subtrees, not {hashes.Count}.", nameof(hashes));
        var frontier = new Frontier { Size = size };
        frontier.subtrees.AddRange(places.Zip(hashes, (place, hash) => new Subtree(place, hash)));
        return frontier;
    }

    /// <param name="leaf">The next leaf's hash.</param>
    /// <param name="full">Called for each subtree that this leaf makes full, the leaf itself first.</param>
    public void Append(Digest leaf, Action<Subtree>? full = null) => Append(0, leaf, full);

    /// <summary>Adds 2^<paramref name="level"/> leaves of which only their common hash is known. Size has to be a multiple of that.</summary>
    public void Append(int level, Digest hash, Action<Subtree>? full = null)
    {
        if (!Takes(level))
            throw new ArgumentException($"After {Size} leaves no full subtree of level {level} begins.", nameof(level));
        var added = new Subtree(new SubtreePlace(level, Size >> level), hash);
        Size += added.Place.Count;
        full?.Invoke(added);
        while (subtrees.Count > 0 && subtrees[^1].Place.Level == added.Place.Level)
        {
            added = new Subtree(new SubtreePlace(added.Place.Level + 1, added.Place.Index >> 1), TreeHash.Node(subtrees[^1].Hash, added.Hash));
            subtrees.RemoveAt(subtrees.Count - 1);
            full?.Invoke(added);
        }

        subtrees.Add(added);
    }

    /// <summary>Whether a full subtree of this level can come next.</summary>
    public bool Takes(int level) => level is >= 0 and < 62 && Size % (1L << level) == 0 && Size <= long.MaxValue / 2;

    /// <summary>The hash of a run of subtrees as <see cref="SubtreePlace.Cover"/> gives them, which has to begin where a node of the tree begins.</summary>
    public static Digest? FoldRight(IEnumerable<Digest> hashes)
    {
        Digest? folded = null;
        foreach (var hash in hashes.Reverse())
            folded = folded is { } right ? TreeHash.Node(hash, right) : hash;
        return folded;
    }
}
