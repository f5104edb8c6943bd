using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Trust.Charters;
using Vantage.Protocol.Charters;
using Vantage.Protocol.Identities;
using Vantage.Protocol.Statements;

namespace Vantage.NodeAgent.Trust;

/// <summary>
/// Whom this node believes: the pinned roots, less the keys that their organizations revoked. What is asked of the node is
/// new work, which needs lists that still hold; what it reads of answers to itself does not.
/// </summary>
internal sealed class NodeTrust(PinBoard pins, CharterBoard charters, NodeHome home)
{
    public RevocationFolder Lists { get; } = new(home.KeyRevocations);

    /// <summary>The roots alone, of charters' members too, for verifying the lists themselves.</summary>
    public ITrust Roots => new MemberTrust(pins, charters.Members());

    public ITrust ForNewWork => field ??= new CheckedTrust(pins, Lists, forNewWork: true);

    public ITrust ForReading => field ??= new CheckedTrust(pins, Lists, forNewWork: false);
}
