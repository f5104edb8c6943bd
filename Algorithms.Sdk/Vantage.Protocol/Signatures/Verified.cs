using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Identities;

namespace Vantage.Protocol.Signatures;

/// <summary>Signed content that is believed, and who signed it. Whether they may is the caller's question.</summary>
/// <param name="Value">The content.</param>
/// <param name="Signer">Whose key signed it, as a pinned root certified it.</param>
/// <param name="OfJws">The digest of the compact JWS: how other documents name this one.</param>
public sealed record Verified<T>(T Value, CertifiedIdentity Signer, Digest OfJws);
