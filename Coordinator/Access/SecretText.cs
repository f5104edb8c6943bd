using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Vantage.Coordinator.Access;

/// <summary>
/// A bearer secret as text: <c>vtg_</c> (API token), <c>vns_</c> (node session) or <c>vus_</c> (person's session), the id's
/// 32 hexadecimal digits, 32 random bytes as base64url, and a checksum of 6 hexadecimal digits. The prefix lets scanners find leaked ones; the
/// checksum lets a mistyped or made-up one be refused without asking the database. Only its SHA-256 is ever stored.
/// </summary>
internal sealed record SecretText(string Prefix, Guid Id, string Text)
{
    public const string ApiToken = "vtg";
    public const string NodeSession = "vns";
    public const string UserSession = "vus";
    private const int IdLength = 32;
    private const int SecretLength = 43;
    private const int ChecksumLength = 6;
    private const int Length = 3 + 1 + IdLength + 1 + SecretLength + 1 + ChecksumLength;

    /// <summary>All that is stored. One round of SHA-256 is enough for 256 random bits.</summary>
    public byte[] Hash { get; } = SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    public static SecretText Create(string prefix, Guid id, RandomNumberGenerator random)
    {
        var secret = new byte[32];
        random.GetBytes(secret);
        var body = $"{prefix}_{id:N}_{Base64Url.EncodeToString(secret)}";
        return new SecretText(prefix, id, $"{body}_{Checksum(body)}");
    }

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out SecretText? secret)
    {
        secret = null;
        if (text?.Length != Length || text[..3] is not (ApiToken or NodeSession or UserSession)
            || text[3] != '_' || text[4 + IdLength] != '_' || text[^(ChecksumLength + 1)] != '_'
            || !Guid.TryParseExact(text.AsSpan(4, IdLength), "N", out var id)
            || text[^ChecksumLength..] != Checksum(text[..^(ChecksumLength + 1)]))
        {
            return false;
        }

        secret = new SecretText(text[..3], id, text);
        return true;
    }

    /// <summary>Whether it begins like one of ours, whole or not: such a text is shown to nobody else.</summary>
    public static bool LooksLikeOne(string text) =>
        text.Length > 3 && text[3] == '_' && text[..3].ToLowerInvariant() is ApiToken or NodeSession or UserSession;

    /// <summary>Never the secret, wherever a record is printed.</summary>
    public override string ToString() => $"{Prefix}_{Id:N}_…";

    private static string Checksum(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))[..ChecksumLength];
}
