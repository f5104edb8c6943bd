using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Signatures;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Flow;

/// <summary>
/// Seals what others keep for us, so that strangers who begin and never finish fill no table: AES-GCM under a key that is
/// made once, shared by replicas and good across restarts. What was sealed for one purpose opens for no other.
/// </summary>
internal sealed class SignOnSeal(CoordinatorSecrets secrets, RandomNumberGenerator random)
{
    private const string Name = "sign-on";
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Longest = 4096;

    public async Task<string> SealAsync<T>(string purpose, T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var bytes = new byte[NonceLength + plain.Length + TagLength];
        random.GetBytes(bytes.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(await secrets.GetAsync(Name, cancellationToken), TagLength);
        cipher.Encrypt(bytes.AsSpan(0, NonceLength), plain, bytes.AsSpan(NonceLength, plain.Length), bytes.AsSpan(NonceLength + plain.Length),
            Encoding.UTF8.GetBytes(purpose));
        return ExactBase64Url.Encode(bytes);
    }

    /// <summary>Null for whatever was not sealed here for this purpose.</summary>
    public async Task<T?> OpenAsync<T>(string purpose, string? text, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        if (text is null || text.Length > Longest || !ExactBase64Url.TryDecode(text, out var bytes) || bytes.Length < NonceLength + TagLength)
            return null;
        var plain = new byte[bytes.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(await secrets.GetAsync(Name, cancellationToken), TagLength);
        try
        {
            cipher.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength, plain.Length), bytes.AsSpan(NonceLength + plain.Length), plain,
                Encoding.UTF8.GetBytes(purpose));
            return JsonSerializer.Deserialize(plain, type);
        }
        catch (Exception e) when (e is AuthenticationTagMismatchException or JsonException)
        {
            return null;
        }
    }
}
