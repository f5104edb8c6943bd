using System.Security.Cryptography;
using System.Text;
using Vantage.Protocol.Signatures;

namespace Vantage.Coordinator.Accounts.SingleSignOn.Flow;

/// <summary>Proof key for code exchange (RFC 7636), S256 and nothing else.</summary>
internal static class Pkce
{
    public const string Method = "S256";

    public static string NewVerifier(RandomNumberGenerator random) => NewText(random);

    /// <summary>256 random bits as text.</summary>
    public static string NewText(RandomNumberGenerator random)
    {
        var bytes = new byte[32];
        random.GetBytes(bytes);
        return ExactBase64Url.Encode(bytes);
    }

    public static string ChallengeOf(string verifier) => ExactBase64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    public static bool IsChallenge(string? text) => text?.Length == 43 && ExactBase64Url.TryDecode(text, out _);

    public static bool Fits(string? verifier, string challenge) =>
        verifier is { Length: >= 43 and <= 128 } && verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(ChallengeOf(verifier)), Encoding.ASCII.GetBytes(challenge));
}
