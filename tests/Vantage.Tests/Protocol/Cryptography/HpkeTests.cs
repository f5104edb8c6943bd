using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Vantage.Protocol.Cryptography;
using Vantage.Tests.Protocol.Agreement;

namespace Vantage.Tests.Protocol.Cryptography;

public sealed class HpkeTests
{
    private static readonly JsonElement A3 = Vectors.Json("rfc9180-a3.json").GetProperty("modes").GetProperty("base");

    [Fact]
    public void Rfc9180A3_BaseMode_EveryEncryptionIsReproducedByteForByte()
    {
        var setup = A3.GetProperty("setup");
        using var recipient = Hpke.DeriveKeyPair(setup.Hex("ikmR"));
        using var ephemeral = Hpke.DeriveKeyPair(setup.Hex("ikmE"));
        using var sender = Hpke.SetUpSender(
            recipient.PublicKey, setup.Hex("info"), HpkeAead.Aes128Gcm, ephemeral, out var enc);
        using var receiver = Hpke.SetUpReceiver(enc, recipient, setup.Hex("info"), HpkeAead.Aes128Gcm);
        var expected = A3.GetProperty("encryptions").EnumerateArray().ToDictionary(
            e => int.Parse(e.GetProperty("sequence number").GetString()!, CultureInfo.InvariantCulture));

        Assert.Equal(setup.Hex("pkRm"), recipient.PublicKey.Point.ToArray());
        Assert.Equal(setup.Hex("enc"), enc);
        for (var sequence = 0; sequence <= expected.Keys.Max(); sequence++)
        {
            var known = expected.TryGetValue(sequence, out var vector);
            var aad = known ? vector.Hex("aad") : [];
            var plaintext = known ? vector.Hex("pt") : [];
            var ciphertext = sender.Seal(aad, plaintext);
            Assert.Equal(plaintext, receiver.Open(aad, ciphertext));
            if (known)
                Assert.Equal(vector.Hex("ct"), ciphertext);
        }

        Assert.Equal(6, expected.Count);
    }

    [Fact]
    public void Rfc9180A3_BaseMode_EveryExportIsReproducedByteForByte()
    {
        var setup = A3.GetProperty("setup");
        using var recipient = Hpke.DeriveKeyPair(setup.Hex("ikmR"));
        using var receiver = Hpke.SetUpReceiver(setup.Hex("enc"), recipient, setup.Hex("info"), HpkeAead.Aes128Gcm);
        var exports = A3.GetProperty("exports").EnumerateArray().ToList();

        foreach (var export in exports)
        {
            var length = int.Parse(export.GetProperty("L").GetString()!, CultureInfo.InvariantCulture);
            Assert.Equal(export.Hex("exported_value"), receiver.Export(export.Hex("exporter_context"), length));
        }

        Assert.Equal(3, exports.Count);
    }

    [Fact]
    public void OfficialVectorOfOurSuite_ThousandEncryptionsAndExports_GiveTheAccumulatedHashes()
    {
        var vector = Vectors.Json("rfc9180-p256-aes256gcm.json");
        using var recipient = Hpke.DeriveKeyPair(vector.Hex("ikmR"));
        using var ephemeral = Hpke.DeriveKeyPair(vector.Hex("ikmE"));
        using var sender = Hpke.SetUpSender(
            recipient.PublicKey, vector.Hex("info"), HpkeAead.Aes256Gcm, ephemeral, out var enc);
        using var receiver = Hpke.SetUpReceiver(enc, recipient, vector.Hex("info"), HpkeAead.Aes256Gcm);

        var source = new ShakeSource();
        var ciphertexts = new List<byte>();
        for (var i = 0; i < 1000; i++)
        {
            var (aad, plaintext) = (source.Draw(), source.Draw());
            var ciphertext = sender.Seal(aad, plaintext);
            Assert.Equal(plaintext, receiver.Open(aad, ciphertext));
            ciphertexts.AddRange(ciphertext);
        }

        source = new ShakeSource();
        var exports = new List<byte>();
        for (var length = 0; length < 1000; length++)
            exports.AddRange(sender.Export(source.Draw(), length));

        Assert.Equal(vector.Hex("enc"), enc);
        Assert.Equal(vector.Hex("encryptions_accumulated"), Shake128.HashData(ciphertexts.ToArray(), 16));
        Assert.Equal(vector.Hex("exports_accumulated"), Shake128.HashData(exports.ToArray(), 16));
    }

    [Fact]
    public void A_point_that_is_not_on_the_curve_is_refused()
    {
        using var recipient = EncryptionKey.Create();
        var offCurve = recipient.PublicKey.Point.ToArray();
        offCurve[^1] ^= 1;
        var zero = new byte[65];
        zero[0] = 4;
        var outOfRange = Enumerable.Repeat((byte)0xff, 65).ToArray();
        outOfRange[0] = 4;

        foreach (var enc in new[] { offCurve, zero, outOfRange, new byte[65], new byte[64], [] })
            Assert.ThrowsAny<CryptographicException>(() => Hpke.SetUpReceiver(enc, recipient, [], HpkeAead.Aes256Gcm));
    }

    /// <summary>SHAKE128 of the empty message, drawn as length byte and that many bytes. One shot: it does not squeeze in steps.</summary>
    private sealed class ShakeSource
    {
        private readonly byte[] stream = Shake128.HashData([], 1000 * 2 * 256);
        private int position;

        public byte[] Draw()
        {
            var length = stream[position++];
            var drawn = stream.AsSpan(position, length).ToArray();
            position += length;
            return drawn;
        }
    }
}
