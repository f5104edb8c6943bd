using Vantage.Protocol.Cryptography;

namespace Vantage.Protocol.Envelopes;

/// <summary>What was written: digest and size of the ciphertext, as manifest and receipt name it.</summary>
public sealed record SealedPayload(Digest Digest, long Size);
