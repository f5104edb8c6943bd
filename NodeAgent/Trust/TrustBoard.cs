using Vantage.NodeAgent.Trust.Charters;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Statements;

namespace Vantage.NodeAgent.Trust;

/// <summary>
/// Whom this node believes within one collaboration: by its own admin's pins, and by the collaboration's charter; less the
/// keys that were revoked.
/// </summary>
internal sealed class TrustBoard(PinBoard pins, NodeTrust trust, CharterBoard charters)
{
    public ITrust ForNewWork(CollaborationId collaboration) => new CheckedTrust(Roots(collaboration), trust.Lists, forNewWork: true);

    public ITrust ForReading(CollaborationId collaboration) => new CheckedTrust(Roots(collaboration), trust.Lists, forNewWork: false);

    /// <summary>What the charter limits requests to; null if none is in force here.</summary>
    public CharterVersion? CharterOf(CollaborationId collaboration) => charters.InForce(collaboration);

    private ITrust Roots(CollaborationId collaboration) => charters.InForce(collaboration) is { } charter
        ? new MemberTrust(pins, new PinnedRoots(charter.Text.Roots))
        : pins;
}
