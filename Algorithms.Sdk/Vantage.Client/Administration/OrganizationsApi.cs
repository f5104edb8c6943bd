using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Administration;

/// <summary>The partners. All methods throw <see cref="Errors.VantageException"/>.</summary>
public sealed class OrganizationsApi
{
    private readonly RestChannel rest;

    internal OrganizationsApi(RestChannel rest) => this.rest = rest;

    /// <summary>Those visible to the caller.</summary>
    public IAsyncEnumerable<Organization> ListAsync(CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest, Routes.Organizations, ProtocolJson.Default.PageOrganization, cancellationToken);

    /// <summary>One organization.</summary>
    /// <exception cref="Errors.VantageException">There is none, or it is not visible to you.</exception>
    public Task<Organization> GetAsync(OrganizationId id, CancellationToken cancellationToken = default) =>
        rest.GetAsync($"{Routes.Organizations}/{id}", ProtocolJson.Default.Organization, cancellationToken);

    /// <summary>Admins only.</summary>
    public Task<Organization> CreateAsync(CreateOrganization organization,
        CancellationToken cancellationToken = default) =>
        rest.PostAsync(Routes.Organizations, organization, ProtocolJson.Default.CreateOrganization,
            ProtocolJson.Default.Organization, cancellationToken);

    /// <summary>
    /// Makes the root certificate (DER) known to partners, who pin it only after comparing its fingerprint.
    /// </summary>
    public Task PublishRootAsync(OrganizationId id, byte[] certificate,
        CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Put, $"{Routes.Organizations}/{id}/root",
            new PublishRoot(certificate), ProtocolJson.Default.PublishRoot), cancellationToken);
}
