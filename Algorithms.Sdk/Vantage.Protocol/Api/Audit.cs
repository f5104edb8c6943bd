using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <summary>A line of the audit trail.</summary>
/// <param name="Sequence">Its place in the whole trail, others' entries counted.</param>
/// <param name="At">To the microsecond.</param>
/// <param name="Actor">A node's id, a person's pseudonym (<c>psn_…</c>), or which part of the Coordinator.</param>
/// <param name="Action">Such as <c>node.invite</c>.</param>
/// <param name="Subject">To what.</param>
/// <param name="Collaboration">Whose members' admins may read it.</param>
/// <param name="Organization">Whose admins may read it.</param>
/// <param name="Salt">What keeps the entry's hash from being guessed.</param>
/// <param name="Hash">Of the entry, as it was sealed: where an entry was altered since, the two do not fit.</param>
/// <param name="ActorName">Whose pseudonym it is: shown to who may see the account, until the person is forgotten. Not part of the trail.</param>
/// <param name="SubjectName">Likewise.</param>
public sealed record AuditEntry(long Sequence, DateTimeOffset At, string Actor, string Action, string Subject,
    CollaborationId? Collaboration, OrganizationId? Organization, byte[] Salt, Digest Hash, string? ActorName = null, string? SubjectName = null);

/// <summary>Body of <c>GET /audit/trail</c>: what was signed.</summary>
/// <param name="Key">Who signs: a SubjectPublicKeyInfo.</param>
/// <param name="Heads">As many as asked for, spread over the trail; the last is the newest. None before the first entry.</param>
public sealed record AuditTrailView(byte[] Key, IReadOnlyList<AuditHead> Heads)
{
    public const int MostHeads = 1000;
}

/// <summary>Body of <c>GET /audit/hashes</c>: of full subtrees, in the order asked for.</summary>
public sealed record AuditHashes(IReadOnlyList<Digest> Hashes)
{
    public const int MostPlaces = 200;
    public const int HighestLevel = 60;
}
