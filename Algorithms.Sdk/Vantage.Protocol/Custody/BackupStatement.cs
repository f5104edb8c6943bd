using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Custody;

/// <summary>
/// Somebody's private keys, encrypted under a key of which each custodian has a share: any <see cref="Threshold"/> of them
/// together can let its owner recover, fewer can't. Signed by the owner, so that nobody exchanges a share or the content.
/// </summary>
public sealed record BackupStatement
{
    public const string JwsType = "vantage-key-backup+jws";

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    public required OrganizationId Organization { get; init; }

    /// <summary><c>root</c>, or a user's id.</summary>
    public required string Principal { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many custodians it takes.</summary>
    public required int Threshold { get; init; }

    /// <summary>12 random bytes.</summary>
    public required byte[] Nonce { get; init; }

    /// <summary><see cref="BackupContent"/> under AES-256-GCM, the tag at its end.</summary>
    public required byte[] Ciphertext { get; init; }

    public required IReadOnlyList<CustodianShare> Shares { get; init; }
}

/// <param name="Organization">The custodian's.</param>
/// <param name="Principal">The custodian: a user's id.</param>
/// <param name="Key">Their encryption key.</param>
/// <param name="X">The share's place.</param>
/// <param name="Enc">HPKE's ephemeral public key, 65 bytes.</param>
/// <param name="Wrapped">The share, 48 bytes.</param>
public sealed record CustodianShare(OrganizationId Organization, string Principal, KeyId Key, int X, byte[] Enc, byte[] Wrapped);

/// <summary>What is backed up: PKCS#8, PEM.</summary>
public sealed record BackupContent
{
    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    /// <summary>An organization's root key.</summary>
    public string? Root { get; init; }

    /// <summary>A person's signing key.</summary>
    public string? Signing { get; init; }

    /// <summary>A person's encryption keys, today's first.</summary>
    public IReadOnlyList<string> Encryption
    {
        get => field ?? [];
        init;
    }
}

/// <summary>A share that a custodian released, wrapped for the one key with which its owner recovers.</summary>
/// <param name="V">The version of this record: 1.</param>
/// <param name="Backup">The digest of the signed backup.</param>
/// <param name="X">The share's place.</param>
/// <param name="Key">Whom it was released to.</param>
/// <param name="Enc">HPKE's ephemeral public key, 65 bytes.</param>
/// <param name="Wrapped">The share, 48 bytes.</param>
public sealed record ReleasedShare(int V, Digest Backup, int X, KeyId Key, byte[] Enc, byte[] Wrapped);
