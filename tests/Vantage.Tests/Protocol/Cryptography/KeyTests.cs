using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.Protocol.Cryptography;

public sealed class KeyTests
{
    /// <summary>n of P-256 and half of it, from SEC 2.</summary>
    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    [Fact]
    public void A_signature_has_the_smaller_s_and_its_twin_is_refused()
    {
        using var key = SigningKey.Create();
        var data = "data"u8.ToArray();

        for (var i = 0; i < 200; i++)
        {
            var signature = key.Sign(data);
            var twin = Twin(signature);
            Assert.True(key.PublicKey.Verify(data, signature));
            Assert.False(key.PublicKey.Verify(data, twin));
            Assert.True(twin.AsSpan(32).SequenceCompareTo(signature.AsSpan(32)) > 0);
            Assert.True(PlatformAccepts(key, data, twin));
        }
    }

    [Fact]
    public void The_key_id_is_the_hash_of_the_SubjectPublicKeyInfo_that_the_platform_writes()
    {
        using var signing = SigningKey.Create();
        using var encryption = EncryptionKey.Create();
        using var platform = ECDsa.Create();
        platform.ImportFromPem(signing.ToPem());

        Assert.Equal(platform.ExportSubjectPublicKeyInfo(), signing.PublicKey.ToSubjectPublicKeyInfo());
        Assert.Equal(KeyId.FromBytes(SHA256.HashData(platform.ExportSubjectPublicKeyInfo())), signing.KeyId);
        Assert.Equal(encryption.KeyId, EncryptionPublicKey.FromSubjectPublicKeyInfo(encryption.PublicKey.ToSubjectPublicKeyInfo()).KeyId);
    }

    [Fact]
    public void A_key_survives_PEM_with_and_without_a_password()
    {
        using var key = EncryptionKey.Create();

        Assert.Equal(key.KeyId, EncryptionKey.FromPem(key.ToPem()).KeyId);
        Assert.Equal(key.KeyId, EncryptionKey.FromPem(key.ToPem("correct horse"), "correct horse").KeyId);
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", key.ToPem("x"), StringComparison.Ordinal);
        Assert.ThrowsAny<CryptographicException>(() => EncryptionKey.FromPem(key.ToPem("correct horse"), "battery"));
        Assert.ThrowsAny<CryptographicException>(() => EncryptionKey.FromPem(key.ToPem("correct horse")));
        Assert.ThrowsAny<CryptographicException>(() => EncryptionKey.FromPem("not a key"));
        Assert.ThrowsAny<CryptographicException>(() => EncryptionKey.FromPem(key.PublicKey.ToPem()));
    }

    [Fact]
    public void Keys_of_other_kinds_are_refused()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        using var key = SigningKey.Create();
        byte[] compressed = [.. key.PublicKey.ToSubjectPublicKeyInfo()[..26], 2, .. key.PublicKey.ToSubjectPublicKeyInfo()[27..59]];

        Assert.ThrowsAny<CryptographicException>(() => SigningKey.FromPem(p384.ExportPkcs8PrivateKeyPem()));
        Assert.ThrowsAny<CryptographicException>(() => SigningKey.FromPem(rsa.ExportPkcs8PrivateKeyPem()));
        Assert.ThrowsAny<CryptographicException>(() => SigningPublicKey.FromSubjectPublicKeyInfo(p384.ExportSubjectPublicKeyInfo()));
        Assert.ThrowsAny<CryptographicException>(() => SigningPublicKey.FromSubjectPublicKeyInfo(compressed));
        Assert.ThrowsAny<CryptographicException>(() => SigningPublicKey.FromSubjectPublicKeyInfo([]));
    }

    private static byte[] Twin(byte[] signature)
    {
        var n = new System.Numerics.BigInteger(Order, isUnsigned: true, isBigEndian: true);
        var s = new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true);
        var twin = (n - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. signature[..32], .. new byte[32 - twin.Length], .. twin];
    }

    private static bool PlatformAccepts(SigningKey key, byte[] data, byte[] signature)
    {
        using var platform = ECDsa.Create();
        platform.ImportFromPem(key.ToPem());
        return platform.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }
}
