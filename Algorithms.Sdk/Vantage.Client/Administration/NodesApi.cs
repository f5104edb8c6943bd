using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Administration;

/// <summary>
/// An organization's nodes, as its admin sees them. All methods throw <see cref="Errors.VantageException"/>.
/// </summary>
public sealed class NodesApi
{
    private readonly RestChannel rest;

    internal NodesApi(RestChannel rest) => this.rest = rest;

    /// <summary>Those visible to the caller.</summary>
    public IAsyncEnumerable<Node> ListAsync(CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest, Routes.Nodes, ProtocolJson.Default.PageNode, cancellationToken);

    /// <summary>One node.</summary>
    /// <exception cref="Errors.VantageException">There is none, or it is not visible to you.</exception>
    public Task<Node> GetAsync(NodeId id, CancellationToken cancellationToken = default) =>
        rest.GetAsync($"{Routes.Nodes}/{id}", ProtocolJson.Default.Node, cancellationToken);

    /// <summary>The answer holds the one-time enrolment code, shown this once.</summary>
    public Task<InvitedNode> InviteAsync(InviteNode invitation, CancellationToken cancellationToken = default) =>
        rest.PostAsync(Routes.Nodes, invitation, ProtocolJson.Default.InviteNode, ProtocolJson.Default.InvitedNode,
            cancellationToken);

    /// <summary>Certificates (DER) that the organization's root issued for the node's own requests.</summary>
    public Task PublishCertificatesAsync(NodeId id, PublishCertificates certificates,
        CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Put, $"{Routes.Nodes}/{id}/certificates", certificates,
            ProtocolJson.Default.PublishCertificates), cancellationToken);
}
