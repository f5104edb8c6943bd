using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Vantage.Coordinator.Persistence;
using Vantage.Coordinator.Persistence.Embedded;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SecondFactors;

/// <summary>
/// Keeps what has to be read again (an authenticator's secret) out of the database: 32 random bytes made at the first start,
/// in <c>account.key</c> of the data directory, for its own account only. A copy of the database alone yields no code.
/// Replicas share the file.
/// </summary>
internal sealed class AccountKey
{
    public const string FileName = "account.key";
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly byte[] sealing;
    private readonly byte[] hashing;
    private readonly RandomNumberGenerator random;

    public AccountKey(PersistenceSettings settings, RandomNumberGenerator random)
    {
        this.random = random;
        var path = Path.Combine(settings.Data, FileName);
        if (!File.Exists(path))
        {
            var fresh = new byte[32];
            random.GetBytes(fresh);
            UnixFiles.WriteSecret(path, Convert.ToHexStringLower(fresh) + "\n");
        }

        var key = Read(path);
        sealing = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "vantage account seal 1"u8.ToArray());
        hashing = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: "vantage account hash 1"u8.ToArray());
    }

    public byte[] Seal(UserId user, ReadOnlySpan<byte> secret)
    {
        var output = new byte[NonceLength + secret.Length + TagLength];
        random.GetBytes(output.AsSpan(0, NonceLength));
        using var aes = new AesGcm(sealing, TagLength);
        aes.Encrypt(output.AsSpan(0, NonceLength), secret, output.AsSpan(NonceLength, secret.Length), output.AsSpan(NonceLength + secret.Length), Of(user));
        return output;
    }

    /// <summary>False if it was sealed with another key or for another account.</summary>
    public bool TryOpen(UserId user, ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? secret)
    {
        secret = null;
        if (text.Length < NonceLength + TagLength)
            return false;
        var plain = new byte[text.Length - NonceLength - TagLength];
        using var aes = new AesGcm(sealing, TagLength);
        try
        {
            aes.Decrypt(text[..NonceLength], text[NonceLength..^TagLength], text[^TagLength..], plain, Of(user));
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        secret = plain;
        return true;
    }

    /// <summary>For what is only compared.</summary>
    public byte[] Hash(UserId user, ReadOnlySpan<byte> secret) => HMACSHA256.HashData(hashing, (byte[])[.. Of(user), .. secret]);

    private static byte[] Of(UserId user) => Encoding.ASCII.GetBytes(user.ToString());

    private static byte[] Read(string path)
    {
        var text = File.ReadAllText(path).Trim();
        return text.Length == 64 && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw new Hosting.StartRefusedException(
                $"{path} is damaged: expected 64 hexadecimal digits. Put the backup in its place. Without it, delete the file: then everyone with "
                + "an authenticator app needs an admin to reset it (vantage user reset-second-factor).");
    }
}
