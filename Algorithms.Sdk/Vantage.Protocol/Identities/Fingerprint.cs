using System.Security.Cryptography;
using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Identities;

/// <summary>
/// A key id as people read it to each other: 16 groups of 4 hexadecimal digits. Comparing it over another channel (a call, a
/// letter) is what makes a pinned root trustworthy.
/// </summary>
public static class Fingerprint
{
    private const int GroupSize = 4;

    /// <summary>Such as <c>3f2a 91c0 …</c>.</summary>
    public static string Of(KeyId key) => string.Join(' ', key.ToString().Chunk(GroupSize).Select(group => new string(group)));

    /// <summary>
    /// Of a signing and an encryption key that are certified together, so that people compare once: the hash of both key ids.
    /// </summary>
    public static string Of(KeyId signing, KeyId encryption) => Of(Both(signing, encryption));

    /// <summary>Ignores case, spaces, dashes and colons, and nothing else: all 64 digits have to be there.</summary>
    public static bool Matches(string typed, KeyId key)
    {
        var digits = typed.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or ':')).Select(char.ToLowerInvariant);
        return key.ToString().AsSpan().SequenceEqual(digits.ToArray());
    }

    public static bool Matches(string typed, KeyId signing, KeyId encryption) => Matches(typed, Both(signing, encryption));

    private static KeyId Both(KeyId signing, KeyId encryption) =>
        KeyId.FromBytes(SHA256.HashData([.. signing.ToBytes(), .. encryption.ToBytes()]));
}
