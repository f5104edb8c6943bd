using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Statements;

/// <summary>Which roots an organization's nodes and people believe, signed by its own root.</summary>
public sealed record PinStatement : IOwnStatement
{
    public const string JwsType = "vantage-pins+jws";

    /// <summary>The version of this record: 1.</summary>
    public required int V { get; init; }

    /// <summary>The organization whose admin decided this.</summary>
    public required OrganizationId Issuer { get; init; }

    /// <summary>Grows with each statement; an older one is refused once a newer was seen.</summary>
    public required long Serial { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>All of them: what is not here is not believed, the issuer's own root included.</summary>
    public required IReadOnlyList<PinnedRootEntry> Roots { get; init; }
}

/// <param name="Organization">Whose root.</param>
/// <param name="Name">What the issuer calls it.</param>
/// <param name="Certificate">X.509, DER.</param>
public sealed record PinnedRootEntry(OrganizationId Organization, string Name, byte[] Certificate);
