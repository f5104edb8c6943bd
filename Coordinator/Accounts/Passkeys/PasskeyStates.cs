using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Vantage.Coordinator.Accounts.SecondFactors;
using Vantage.Coordinator.Persistence;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Signatures;

namespace Vantage.Coordinator.Accounts.Passkeys;

/// <summary>
/// What a ceremony has to remember between its two requests (its challenge, above all) travels with the browser: marked as
/// ours, for one purpose and person, for five minutes. Nothing is stored until it comes back, and then only that it has: each
/// is taken once.
/// </summary>
internal sealed class PasskeyStates(AccountKey key, Database database, TimeProvider time, RandomNumberGenerator random)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private const int NonceLength = 16;
    private const int HeadLength = NonceLength + 8;
    private const int MacLength = 32;
    private const int Longest = 16 * 1024;

    /// <param name="user">Who registers or confirms; nobody in particular signs in.</param>
    /// <param name="purpose">Of this and no other ceremony.</param>
    /// <param name="state">The framework's.</param>
    public string Seal(UserId user, string purpose, string state)
    {
        var body = new byte[HeadLength + Encoding.UTF8.GetByteCount(state)];
        random.GetBytes(body.AsSpan(0, NonceLength));
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(NonceLength), (time.GetUtcNow() + Life).ToUnixTimeSeconds());
        Encoding.UTF8.GetBytes(state, body.AsSpan(HeadLength));
        return ExactBase64Url.Encode([.. body, .. Mac(user, purpose, body)]);
    }

    /// <summary>Null if it is none of ours, for somebody or something else, over, or was taken before.</summary>
    public async Task<string?> TakeAsync(UserId user, string purpose, string text, CancellationToken cancellationToken)
    {
        if (text.Length > Longest || !ExactBase64Url.TryDecode(text, out var bytes) || bytes.Length < HeadLength + MacLength)
            return null;
        var body = bytes[..^MacLength];
        if (!CryptographicOperations.FixedTimeEquals(Mac(user, purpose, body), bytes.AsSpan(body.Length)))
            return null;
        var ends = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(body.AsSpan(NonceLength)));
        if (time.GetUtcNow() >= ends)
            return null;
        try
        {
            await database.ExecuteAsync(
                TenantScope.Nothing,
                [
                    new NpgsqlBatchCommand("INSERT INTO used_challenge (nonce, expires_at) VALUES ($1, $2)")
                    {
                        Parameters = { new() { Value = body[..NonceLength] }, new() { Value = ends, NpgsqlDbType = NpgsqlDbType.TimestampTz } },
                    },
                ],
                cancellationToken);
        }
        catch (PostgresException e) when (e.IsDuplicate("used_challenge_pkey"))
        {
            return null;
        }

        return Encoding.UTF8.GetString(body.AsSpan(HeadLength));
    }

    private byte[] Mac(UserId user, string purpose, byte[] body) => key.Hash(user, [.. Encoding.ASCII.GetBytes($"passkey {purpose}\n"), .. body]);
}
