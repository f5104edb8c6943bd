using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Statements;

/// <summary>What an organization's nodes no longer run, signed by its own root.</summary>
public sealed record RevocationStatement : IOwnStatement
{
    public const string JwsType = "vantage-revocations+jws";

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    /// <summary>The organization whose admin decided this.</summary>
    public required OrganizationId Issuer { get; init; }

    /// <summary>Grows with each statement; an older one is refused once a newer was seen.</summary>
    public required long Serial { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>From then on it proves nothing any more: whoever holds back newer ones gains no more than this time.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>Images, by the digest of an index, a manifest or a config.</summary>
    public required IReadOnlyList<RevokedImage> Images { get; init; }

    /// <summary>Publishers' keys: nothing that they ever signed is run.</summary>
    public required IReadOnlyList<RevokedKey> Keys { get; init; }
}

/// <param name="Digest">Of the index, the manifest or the config.</param>
/// <param name="Reason">For people.</param>
public sealed record RevokedImage(Digest Digest, string Reason);

/// <param name="Key">Of a publisher.</param>
/// <param name="Reason">For people.</param>
public sealed record RevokedKey(KeyId Key, string Reason);
