using System.Text.Json.Serialization;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Audits.Trails;

/// <summary>One line of an exported trail. Exactly one member is there.</summary>
public sealed record TrailLine(TrailStart? Trail = null, TrailEntry? Entry = null, HiddenEntries? Hidden = null, AuditHead? Head = null);

/// <summary>The first line.</summary>
/// <param name="V">The version of these lines: 1.</param>
/// <param name="Chain">Which trail.</param>
/// <param name="Key">Who signs its heads: a SubjectPublicKeyInfo.</param>
/// <param name="Size">How many entries follow, hidden ones among them.</param>
/// <param name="Heads">How many heads.</param>
public sealed record TrailStart(int V, AuditChainId Chain, byte[] Key, long Size, int Heads);

/// <summary>An entry with its leaf's hash, which says where a trail is broken; it proves nothing by itself.</summary>
public sealed record TrailEntry(
    long Sequence,
    DateTimeOffset At,
    string Actor,
    string Action,
    string Subject,
    CollaborationId? Collaboration,
    OrganizationId? Organization,
    IReadOnlyList<AuditDetail>? Details,
    byte[] Salt,
    Digest Hash)
{
    [JsonIgnore]
    public AuditRecord Record => new(Sequence, At, Actor, Action, Subject, Collaboration, Organization, Details, Salt);

    public static TrailEntry Of(AuditRecord record) => new(record.Sequence, record.At, record.Actor, record.Action, record.Subject,
        record.Collaboration, record.Organization, record.Details, record.Salt, record.Hash());
}

/// <summary>2^<paramref name="Level"/> entries of others: their place and common hash, and nothing of what they say.</summary>
/// <param name="First">The sequence of the first; one less is a multiple of their number.</param>
public sealed record HiddenEntries(long First, int Level, Digest Hash);
