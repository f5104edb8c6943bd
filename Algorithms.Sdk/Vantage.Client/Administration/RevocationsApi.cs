using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Administration;

/// <summary>
/// Organizations' lists of revoked keys, as the Coordinator has them: to be believed by their signatures only. All methods
/// throw <see cref="Errors.VantageException"/>.
/// </summary>
public sealed class RevocationsApi
{
    private readonly RestChannel rest;

    internal RevocationsApi(RestChannel rest) => this.rest = rest;

    /// <summary>Of the own organization and of its partners.</summary>
    public IAsyncEnumerable<RevocationList> ListAsync(CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest, Routes.Revocations, ProtocolJson.Default.PageRevocationList, cancellationToken);

    /// <summary>Hands a signed list of the own organization's to its partners.</summary>
    public Task PublishAsync(OrganizationId id, string statement, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Put, $"{Routes.Organizations}/{id}/revocations",
            new PublishRevocations(statement), ProtocolJson.Default.PublishRevocations), cancellationToken);
}
