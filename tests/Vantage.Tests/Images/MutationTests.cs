using System.Text;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Images;
using Vantage.Protocol.Images.Signing;

namespace Vantage.Tests.Images;

/// <summary>
/// A registry that owns a good image and its good signatures, and tries to get another started: with bytes of both forms
/// changed at random and every digest, size, tag and reference that it may choose itself set right again.
/// </summary>
public sealed class MutationTests
{
    private static readonly int Tries = Environment.GetEnvironmentVariable("VANTAGE_TIER") == "soak" ? 10_000 : 500;
    private static readonly SampleImage Good = SampleImage.Make("1.4.0");
    private static readonly SampleImage Evil = SampleImage.Make("1.4.1");

    private readonly SigningKey key = SigningKey.Create();
    private readonly byte[] payload = SimpleSigning.Write(ImageRepository.Parse("registry.example.org/vantage/glm"), Good.Digest);
    private readonly byte[] statement = SigstoreBundle.WriteStatement(Good.Digest);

    private IReadOnlyList<PublisherKey> Keys => [new("authors", key.PublicKey)];

    [Fact]
    public async Task MutatedImagesAndSignatures_AreNeverBelieved()
    {
        var seed = (int)(TimeProvider.System.GetTimestamp() & 0x7fffffff);
        var random = new Random(seed);
        var faults = new Dictionary<ImageFault, int>();
        for (var i = 0; i < Tries; i++)
        {
            var (content, image) = Attack(random);
            try
            {
                var by = await ImageVerifier.VerifyAsync(content, image, Keys, TestContext.Current.CancellationToken);
                Assert.Fail($"try {i} of seed {seed} was believed ({by.How})");
            }
            catch (ImageException e)
            {
                faults[e.Fault] = faults.GetValueOrDefault(e.Fault) + 1;
            }
        }

        // Each kind of attack got as far as it can get: none was stopped by a clumsiness of this test.
        Assert.True(faults.Count >= 4, string.Join(", ", faults));
    }

    [Fact]
    public async Task UnchangedSignatures_AreBelieved_InEitherForm()
    {
        foreach (var bundled in new[] { true, false })
        {
            var content = new MemoryContent();
            content.Put(Good.Manifest);
            Attach(content, Good.Digest, payload, key.SignDer(payload), bundled ? Bundle() : null, tagged: !bundled);

            var by = await ImageVerifier.VerifyAsync(content, Good.Digest, Keys, TestContext.Current.CancellationToken);

            Assert.Equal(bundled ? "bundle" : "sig-tag", by.How);
        }
    }

    private (MemoryContent Content, Digest Image) Attack(Random random)
    {
        var content = new MemoryContent();
        var (signedPayload, der, bundle) = (payload, key.SignDer(payload), Bundle());
        // Half of the time the image itself is the good one with something changed, else a wholly other.
        var manifest = random.Next(2) == 0 ? Mutate(Good.Manifest, random) : Evil.Manifest;
        if (Digest.Of(manifest) == Good.Digest)
        {
            manifest = Evil.Manifest;
        }

        var image = content.Put(manifest);
        switch (random.Next(6))
        {
            case 0:
                signedPayload = Mutate(signedPayload, random);
                break;
            case 1:
                signedPayload = Rename(signedPayload, image);
                break;
            case 2:
                der = Mutate(der, random);
                break;
            case 3:
                bundle = Mutate(bundle, random);
                break;
            case 4:
                bundle = SigstoreBundle.Write(SigstoreBundle.WriteStatement(image), key.SignDer(SigstoreBundle.SignedBytes(statement)), key.KeyId);
                break;
            default:
                bundle = SigstoreBundle.Write(Rename(Mutate(statement, random), image), Mutate(key.SignDer(statement), random), key.KeyId);
                break;
        }

        Attach(content, image, signedPayload, der, bundle, tagged: true, random);
        return (content, image);
    }

    private static void Attach(
        MemoryContent content, Digest image, byte[] payload, byte[] der, byte[]? bundle, bool tagged, Random? random = null)
    {
        byte[] Shake(byte[] manifest) => random?.Next(8) == 0 ? Mutate(manifest, random) : manifest;
        if (bundle is not null)
        {
            content.PutBlob(bundle, OciMedia.Bundle);
            var carrier = Shake(SignatureArtefacts.BundleManifest(bundle, new(OciMedia.Manifest, image, 1)));
            content.Put(carrier);
            content.Referrers = [SignatureArtefacts.Referrer(carrier)];
        }

        if (tagged)
        {
            content.PutBlob(payload, OciMedia.SimpleSigning);
            var layer = SignatureArtefacts.SigLayer(payload, der);
            content.Put(Shake(SignatureArtefacts.SigManifest("{}"u8, [layer])), tag: SimpleSigning.TagOf(image));
        }
    }

    private byte[] Bundle() => SigstoreBundle.Write(statement, key.SignDer(SigstoreBundle.SignedBytes(statement)), key.KeyId);

    private static byte[] Rename(byte[] bytes, Digest image) => Encoding.Latin1.GetBytes(
        Encoding.Latin1.GetString(bytes).Replace(Good.Digest.ToHex(), image.ToHex(), StringComparison.Ordinal));

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var changed = bytes.ToList();
        for (var times = random.Next(1, 4); times > 0 && changed.Count > 0; times--)
        {
            var at = random.Next(changed.Count);
            var count = random.Next(1, Math.Min(24, changed.Count - at) + 1);
            switch (random.Next(7))
            {
                case 0:
                    changed[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    changed.RemoveRange(at, count);
                    break;
                case 2:
                    changed.InsertRange(random.Next(changed.Count), changed.GetRange(at, count));
                    break;
                case 3:
                    changed.Insert(at, (byte)"\"{}[],:0 \\"[random.Next(10)]);
                    break;
                case 4:
                    changed[at] = (byte)char.ToUpperInvariant((char)changed[at]);
                    break;
                case 5:
                    changed.RemoveRange(at, changed.Count - at);
                    break;
                default:
                    changed.InsertRange(Math.Min(1, changed.Count), "\"mediaType\":\"x\",\"layers\":[],\"critical\":{},"u8.ToArray());
                    break;
            }
        }

        return [.. changed];
    }
}
