using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Audits.Heads;

/// <summary>A head for somebody who holds an older one.</summary>
/// <param name="Head">The newest.</param>
/// <param name="Key">Whose signature it bears: a SubjectPublicKeyInfo.</param>
/// <param name="Proof">That its tree begins with the entries of the one held (RFC 6962 §2.1.2).</param>
public sealed record HeadOffer(AuditHead Head, byte[] Key, IReadOnlyList<Digest> Proof);
