using System.Security.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.SecondFactors;

/// <summary>
/// Ten codes for the day when the phone is gone, each good once in place of an authenticator's. 80 random bits as four
/// groups of base 32; only a keyed hash is kept.
/// </summary>
internal static class RecoveryCodes
{
    private const int Count = 10;
    private const int Length = 10;
    private const int Group = 4;

    public static IReadOnlyList<(string Shown, byte[] Hash)> Create(UserId user, AccountKey key, RandomNumberGenerator random) =>
    [
        .. Enumerable.Range(0, Count).Select(_ =>
        {
            var bytes = new byte[Length];
            random.GetBytes(bytes);
            var shown = string.Join('-', Base32.Encode(bytes).ToLowerInvariant().Chunk(Group).Select(group => new string(group)));
            return (shown, key.Hash(user, bytes));
        }),
    ];

    public static byte[]? HashOf(UserId user, string typed, AccountKey key) =>
        Base32.TryDecode(typed.Trim(), Length, out var bytes) ? key.Hash(user, bytes) : null;
}
