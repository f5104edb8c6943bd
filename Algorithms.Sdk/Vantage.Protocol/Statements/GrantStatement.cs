using System.Text.Json.Serialization;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Statements;

/// <summary>
/// Lets a later recipient open an envelope: its file key, wrapped again by someone who can read it. The envelope itself never
/// changes.
/// </summary>
public sealed record GrantStatement
{
    public const string JwsType = "vantage-grant+jws";

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    public required CollaborationId Collaboration { get; init; }

    public required TaskId Task { get; init; }

    public required RunId Run { get; init; }

    public required PayloadKind Kind { get; init; }

    /// <summary>As in the envelope's context; absent for an input.</summary>
    public long? Epoch { get; init; }

    /// <summary>As in the envelope's context; absent for an input.</summary>
    public KeyId? NodeKey { get; init; }

    /// <summary>The envelope.</summary>
    public required Digest Payload { get; init; }

    /// <summary>The encryption key that may open it from now on.</summary>
    public required KeyId Recipient { get; init; }

    /// <summary>HPKE's ephemeral public key, 65 bytes.</summary>
    public required byte[] Enc { get; init; }

    /// <summary>The wrapped file key, 48 bytes.</summary>
    public required byte[] Wrapped { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The envelope's context.</summary>
    [JsonIgnore]
    public EnvelopeContext Context => new(Collaboration, Task, Run, Kind, Epoch ?? 0, NodeKey);
}
