using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Charters;

/// <summary>
/// What the organizations of a collaboration agreed on: who they are, by which roots they are known, what for, until when.
/// Its exact bytes are what they sign, each by a <see cref="CharterConsent"/> of its own root. A later version replaces the
/// one before it; see <see cref="CharterLine"/>.
/// </summary>
public sealed record Charter
{
    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    /// <summary>The same through all versions. A charter that has ended is followed by another one, with another id.</summary>
    public required CharterId Id { get; init; }

    public required CollaborationId Collaboration { get; init; }

    /// <summary>1, 2, 3 … without a gap.</summary>
    public required long Serial { get; init; }

    /// <summary>The version before, by the digest of its bytes; absent in the first.</summary>
    public Digest? Previous { get; init; }

    /// <summary>What the members work together for, for people.</summary>
    public required string Purpose { get; init; }

    public required IReadOnlyList<CharterMember> Members { get; init; }

    /// <summary>How many of these members have to sign the next version.</summary>
    public required int Threshold { get; init; }

    /// <summary>If there are any, a request states one of them as its purpose.</summary>
    public IReadOnlyList<string>? Purposes { get; init; }

    /// <summary>If there are any, a request states one of them as its project code.</summary>
    public IReadOnlyList<string>? ProjectCodes { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>From then on nobody is believed because of this charter, and nobody can prolong it.</summary>
    public required DateTimeOffset End { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }
}

/// <param name="Organization">A member.</param>
/// <param name="Name">What the members call it.</param>
/// <param name="Root">Its root: X.509, DER.</param>
public sealed record CharterMember(OrganizationId Organization, string Name, byte[] Root);
