using System.Security.Cryptography;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Vantage.Protocol.Custody;
using Vantage.Tests.Protocol.Agreement;

namespace Vantage.Tests.Protocol.Custody;

/// <summary>The splits in the vectors were made by libgfshare, a program that has nothing to do with us.</summary>
public sealed class SecretSharingTests
{
    [Fact]
    public void Any_threshold_of_libgfshare_s_shares_gives_the_secret()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllText(Vectors.PathOf("secret-sharing.json")));
        foreach (var one in vectors.RootElement.GetProperty("cases").EnumerateArray())
        {
            var threshold = one.GetProperty("threshold").GetInt32();
            var shares = one.GetProperty("shares").EnumerateArray().Select(s => new SecretShare(
                (byte)s.GetProperty("x").GetInt32(), Convert.FromHexString(s.GetProperty("y").GetString()!))).ToList();
            foreach (var chosen in Choose(shares, threshold))
            {
                Assert.Equal(one.GetProperty("secret").GetString(), Convert.ToHexStringLower(SecretSharing.Combine(chosen)));
            }

            foreach (var tooFew in Choose(shares, threshold - 1))
            {
                Assert.NotEqual(one.GetProperty("secret").GetString(), Convert.ToHexStringLower(SecretSharing.Combine(tooFew)));
            }
        }
    }

    [Fact]
    public void Any_threshold_of_our_shares_gives_the_secret_whatever_it_is()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<PositiveInt>(),
            (secret, a, b) =>
            {
                var threshold = 2 + (a.Get % 5);
                var count = threshold + (b.Get % 4);
                var shares = SecretSharing.Split(secret ?? [], threshold, count, RandomNumberGenerator.Create());
                return Choose(shares, threshold).All(chosen => SecretSharing.Combine(chosen).AsSpan().SequenceEqual(secret));
            }).QuickCheckThrowOnFailure();
    }

    /// <summary>With one share fewer, for each secret there is a polynomial that explains the shares at hand.</summary>
    [Fact]
    public void One_share_too_few_says_nothing_about_a_byte()
    {
        var share = SecretSharing.Split([0x5a], 2, 2, RandomNumberGenerator.Create())[0];

        var explained = Enumerable.Range(0, 256).Select(y => SecretSharing.Combine([share, new SecretShare(2, [(byte)y])])[0]).ToHashSet();

        Assert.Equal(256, explained.Count);
    }

    [Fact]
    public void Every_element_but_zero_has_its_inverse()
    {
        for (var a = 1; a < 256; a++)
        {
            Assert.Equal(1, Gf256.Multiply((byte)a, Gf256.Invert((byte)a)));
        }
    }

    [Fact]
    public void Shares_that_can_t_belong_together_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SecretSharing.Combine([new(1, [1]), new(1, [2])]));
        Assert.Throws<ArgumentException>(() => SecretSharing.Combine([new(0, [1]), new(1, [2])]));
        Assert.Throws<ArgumentException>(() => SecretSharing.Combine([new(1, [1]), new(2, [2, 3])]));
        Assert.Throws<ArgumentException>(() => SecretSharing.Combine([]));
    }

    private static IEnumerable<IReadOnlyList<SecretShare>> Choose(IReadOnlyList<SecretShare> shares, int count) =>
        count == 0 ? []
        : count == 1 ? shares.Select(s => (IReadOnlyList<SecretShare>)[s])
        : shares.SelectMany((s, i) => Choose([.. shares.Skip(i + 1)], count - 1).Select(rest => (IReadOnlyList<SecretShare>)[s, .. rest]));
}
