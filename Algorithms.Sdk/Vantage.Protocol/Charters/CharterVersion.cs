using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Charters;

/// <summary>One version that was followed: all who had to agree to it did.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Signed">As it travelled.</param>
/// <param name="Signers">Who agreed, by which root.</param>
public sealed record CharterVersion(CharterText Text, SignedCharter Signed, IReadOnlySet<CharterSigner> Signers)
{
    private readonly PinnedRoots roots = new(Text.Roots);

    public Charter Content => Text.Content;

    public bool HoldsAt(DateTimeOffset at) => Content.Start <= at && at < Content.End;

    public bool HasMember(OrganizationId organization) => roots.RootsOf(organization).Count > 0;

    /// <summary>Whose roots it vouches for; outside of its time nobody's.</summary>
    public ITrust TrustAt(DateTimeOffset at) => HoldsAt(at) ? roots : PinnedRoots.None;
}
