using Vantage.Protocol.Audits.Trees;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.Protocol.Audits;

/// <summary>
/// Held against the reference vectors of Certificate Transparency (google/certificate-transparency, merkle_tree_test.cc), and
/// against the recursive definitions of RFC 6962 written down once more, as slowly as they read.
/// </summary>
public sealed class TreeTests
{
    private static readonly string[] ReferenceLeaves =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] ReferenceRoots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void RootsAndConsistency_EqualTheReferenceVectors()
    {
        var leaves = ReferenceLeaves.Select(leaf => TreeHash.Leaf(Convert.FromHexString(leaf))).ToArray();

        Assert.Equal(ReferenceRoots, Enumerable.Range(0, 9).Select(size => Grown(leaves[..size]).Root.ToHex()));
        Assert.Equal([], Proof(leaves, 1, 1));
        Assert.Equal(
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
            Proof(leaves, 1, 8));
        Assert.Equal(
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
            Proof(leaves, 6, 8));
        Assert.Equal(
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
            Proof(leaves, 2, 5));
    }

    /// <summary>Every pair of sizes up to 40: the plan is the RFC's, its proof holds, and for no other tree.</summary>
    [Fact]
    public void AConsistencyProof_HoldsForItsTreesAndForNoOther()
    {
        var leaves = Enumerable.Range(0, 40).Select(i => TreeHash.Leaf([(byte)i])).ToArray();
        var roots = Enumerable.Range(0, 41).Select(size => Slow(leaves.AsSpan(0, size))).ToArray();
        for (var newer = 0; newer <= 40; newer++)
        {
            for (var older = 0; older <= newer; older++)
            {
                var proof = Proof(leaves, older, newer).Select(hex => Digest.Parse("sha256:" + hex)).ToList();
                Assert.Equal(older == 0 ? [] : SlowProof(older, leaves.AsSpan(0, newer), whole: true), proof);
                Assert.True(Consistency.Holds(older, roots[older], newer, roots[newer], proof));
                Assert.False(older > 0 && Consistency.Holds(older, TreeHash.Node(roots[older], roots[older]), newer, roots[newer], proof));
                Assert.False(Consistency.Holds(older, roots[older], newer, TreeHash.Node(roots[newer], roots[newer]), proof) && older > 0);
                Assert.False(Consistency.Holds(older, roots[older], newer, roots[newer], [.. proof, roots[newer]]));
                for (var dropped = 0; dropped < proof.Count; dropped++)
                    Assert.False(Consistency.Holds(older, roots[older], newer, roots[newer], [.. proof[..dropped], .. proof[(dropped + 1)..]]));
            }
        }
    }

    [Fact]
    public void AFrontier_IsRebuiltFromItsHashes_AndFromCoveredRanges()
    {
        var leaves = Enumerable.Range(0, 70).Select(i => TreeHash.Leaf([(byte)i])).ToArray();
        for (var size = 0; size <= leaves.Length; size++)
        {
            var grown = Grown(leaves[..size]);
            Assert.Equal(grown.Root, Frontier.Of(size, [.. grown.Hashes]).Root);
            var covered = Grown(leaves[..(size / 3)]);
            foreach (var place in SubtreePlace.Cover(size / 3, size))
                covered.Append(place.Level, Slow(leaves.AsSpan((int)place.First, (int)place.Count)));
            Assert.Equal(grown.Root, covered.Root);
        }
    }

    internal static Frontier Grown(IEnumerable<Digest> leaves)
    {
        var frontier = new Frontier();
        foreach (var leaf in leaves)
            frontier.Append(leaf);
        return frontier;
    }

    private static IEnumerable<string> Proof(Digest[] leaves, int older, int newer) =>
        Consistency.Plan(older, newer).Select(range => Slow(leaves.AsSpan((int)range.First, (int)(range.End - range.First))).ToHex());

    /// <summary>MTH of RFC 6962 §2.1.</summary>
    private static Digest Slow(ReadOnlySpan<Digest> leaves)
    {
        if (leaves.Length <= 1)
            return leaves.Length == 0 ? Digest.Of([]) : leaves[0];
        var k = Split(leaves.Length);
        return TreeHash.Node(Slow(leaves[..k]), Slow(leaves[k..]));
    }

    /// <summary>SUBPROOF of RFC 6962 §2.1.2.</summary>
    private static List<Digest> SlowProof(int older, ReadOnlySpan<Digest> leaves, bool whole)
    {
        if (older == leaves.Length)
            return whole ? [] : [Slow(leaves)];
        var k = Split(leaves.Length);
        return older <= k
            ? [.. SlowProof(older, leaves[..k], whole), Slow(leaves[k..])]
            : [.. SlowProof(older - k, leaves[k..], whole: false), Slow(leaves[..k])];
    }

    private static int Split(int size)
    {
        var k = 1;
        while (2 * k < size)
            k *= 2;
        return k;
    }
}
