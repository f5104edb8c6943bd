using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Streaming;

namespace Vantage.Tests.Protocol.Cryptography;

public sealed class DigestTests
{
    /// <summary>FIPS 180-2, appendix B.1.</summary>
    private const string OfAbc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public async Task However_it_is_computed_it_is_the_published_value()
    {
        var token = TestContext.Current.CancellationToken;
        using var read = new DigestStream(new MemoryStream("abc"u8.ToArray()));
        using var written = new DigestStream(Stream.Null);
        await read.CopyToAsync(written, token);

        Assert.Equal(OfAbc, Digest.Of("abc"u8).ToString());
        Assert.Equal(OfAbc, Digest.OfText("abc").ToString());
        Assert.Equal(OfAbc, (await Digest.OfAsync(new MemoryStream("abc"u8.ToArray()), token)).ToString());
        Assert.Equal(OfAbc, read.GetDigest().ToString());
        Assert.Equal((OfAbc, 3), (written.GetDigest().ToString(), written.Count));
    }

    [Fact]
    public void A_digest_and_a_key_id_have_one_spelling()
    {
        var (digest, key) = (Digest.Parse(OfAbc), KeyId.Parse(OfAbc[7..]));

        Assert.Equal(OfAbc, digest.ToString());
        Assert.Equal(OfAbc[7..], key.ToString());
        Assert.Equal(digest.ToBytes(), key.ToBytes());
        Assert.Equal($"\"{OfAbc}\"", JsonSerializer.Serialize(digest));
        Assert.Equal(key, JsonSerializer.Deserialize<KeyId>(JsonSerializer.Serialize(key)));
        string[] wrong = ["", OfAbc.ToUpperInvariant(), "SHA256" + OfAbc[6..], OfAbc[..^1], OfAbc + "0", OfAbc[7..], " " + OfAbc, OfAbc.Replace('a', 'g')];
        Assert.All(wrong, text =>
        {
            Assert.False(Digest.TryParse(text, null, out _));
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Digest>(JsonSerializer.Serialize(text)));
        });
    }

    [Fact]
    public void Key_ids_are_ordered_as_their_bytes()
    {
        var ids = Enumerable.Range(0, 100).Select(i => KeyId.FromBytes(Digest.OfText($"{i}").ToBytes())).ToList();

        Assert.Equal(ids.OrderBy(i => i.ToString(), StringComparer.Ordinal), ids.Order());
    }
}
