using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Manifests;

/// <summary>One organization's part: which run, at which node, with which sealed input.</summary>
public sealed record ManifestTarget
{
    public required OrganizationId Organization { get; init; }

    public required RunId Run { get; init; }

    public required NodeId Node { get; init; }

    /// <summary>The node's encryption key that the input is sealed to.</summary>
    public required KeyId EncryptionKey { get; init; }

    /// <summary>The sealed arguments.</summary>
    public required PayloadRef Input { get; init; }

    /// <summary>Further nodes of the same organization that may claim the run under <see cref="LostNodePolicy.Retry"/>.</summary>
    public IReadOnlyList<ManifestAlternate> Alternates
    {
        // The reader sets what was left out to null.
        get => field ?? [];
        init;
    }
}

/// <summary>A stand-in for the target's node, with the input sealed to its own key.</summary>
public sealed record ManifestAlternate(NodeId Node, KeyId EncryptionKey, PayloadRef Input);

/// <summary>Ciphertext by content: what manifest and receipt sign.</summary>
/// <param name="Digest">Of the whole envelope.</param>
/// <param name="Size">Of the whole envelope, in bytes.</param>
public sealed record PayloadRef(Digest Digest, long Size);

/// <summary>Somebody results are sealed for. The certificate says whose key it is; nodes check it against their pins.</summary>
public sealed record ManifestRecipient
{
    public required OrganizationId Organization { get; init; }

    /// <summary>A user's or node's id with its prefix.</summary>
    public required string Principal { get; init; }

    public required KeyId Key { get; init; }

    /// <summary>X.509, DER.</summary>
    public required byte[] Certificate { get; init; }
}
