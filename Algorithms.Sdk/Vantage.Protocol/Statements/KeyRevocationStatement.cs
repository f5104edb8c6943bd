using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Statements;

/// <summary>
/// Which of an organization's certified keys count no more, for everyone who pinned it. Signed by the key that its root
/// certified for this, or by the root itself. It is short-lived: whoever holds back a newer one gains no more than its life.
/// </summary>
public sealed record KeyRevocationStatement
{
    public const string JwsType = "vantage-key-revocations+jws";

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    /// <summary>Whose keys.</summary>
    public required OrganizationId Issuer { get; init; }

    /// <summary>Grows with each list, also with one that says the same for another day.</summary>
    public required long Serial { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>From then on nothing new is begun on the word of this organization; at most 24 hours after issue.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Single keys: of one device that was lost, of one signer.</summary>
    public required IReadOnlyList<RevokedCertificateKey> Keys { get; init; }

    /// <summary>People and nodes: every key that was ever certified for them, known here or not.</summary>
    public required IReadOnlyList<RevokedPrincipal> Principals { get; init; }
}

/// <param name="Key">The certified key.</param>
/// <param name="Since">It counted until then.</param>
/// <param name="Reason">For people, and read by all partners.</param>
public sealed record RevokedCertificateKey(KeyId Key, DateTimeOffset Since, string Reason);

/// <param name="Principal">A user's or node's id with its prefix.</param>
/// <param name="Since">Their keys counted until then.</param>
/// <param name="Reason">For people, and read by all partners.</param>
public sealed record RevokedPrincipal(string Principal, DateTimeOffset Since, string Reason);
