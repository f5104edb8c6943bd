using System.Globalization;
using System.Text;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Signatures;

namespace Vantage.Protocol.Audits.Heads;

/// <summary>
/// What a trail was at an instant, signed: it had <see cref="Size"/> entries, and these. Whoever keeps one can tell ever
/// after whether a trail still begins with them.
/// </summary>
/// <param name="Chain">Which trail.</param>
/// <param name="Size">How many entries.</param>
/// <param name="Root">The root of their tree.</param>
/// <param name="At">To the microsecond, in UTC.</param>
/// <param name="Key">Who signed.</param>
/// <param name="Signature">As base64url, over the text of docs/protocol.md.</param>
public sealed record AuditHead(AuditChainId Chain, long Size, Digest Root, DateTimeOffset At, KeyId Key, string Signature)
{
    public static AuditHead Sign(AuditChainId chain, long size, Digest root, DateTimeOffset at, SigningKey key)
    {
        var exactly = AuditRecord.Exactly(at);
        return new(chain, size, root, exactly, key.KeyId, ExactBase64Url.Encode(key.Sign(Text(chain, size, root, exactly, key.KeyId))));
    }

    /// <summary>True only for this key's own signature over exactly this head.</summary>
    public bool IsSignedBy(SigningPublicKey key) =>
        key.KeyId == Key
        && At == AuditRecord.Exactly(At)
        && ExactBase64Url.TryDecode(Signature, out var signature)
        && key.Verify(Text(Chain, Size, Root, At, Key), signature);

    /// <summary>Whether both say the same of the same trail, whoever signed when.</summary>
    public bool Agrees(AuditHead other) => (Chain, Size, Root) == (other.Chain, other.Size, other.Root);

    private static byte[] Text(AuditChainId chain, long size, Digest root, DateTimeOffset at, KeyId key) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"vantage-audit-head-v1\nchain={chain}\nsize={size}\nroot={root}\nat={Micros(at)}\nkey={key}\n"));

    private static long Micros(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
