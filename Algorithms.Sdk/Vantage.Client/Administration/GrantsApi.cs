using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Administration;

/// <summary>Grants that the caller gave or was given. All methods throw <see cref="Errors.VantageException"/>.</summary>
public sealed class GrantsApi
{
    private readonly RestChannel rest;

    internal GrantsApi(RestChannel rest) => this.rest = rest;

    /// <summary>Of one run, or all.</summary>
    public IAsyncEnumerable<GrantView> ListAsync(RunId? run = null, CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest, run is { } id ? Pages.WithQuery(Routes.Grants, "run", id.ToString()) : Routes.Grants,
            ProtocolJson.Default.PageGrantView, cancellationToken);

    /// <summary>Removes a grant from the Coordinator. What its grantee has read or kept by then is theirs.</summary>
    public Task TakeBackAsync(GrantId id, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, RestChannel.Relative($"{Routes.Grants}/{id}")), cancellationToken);

    internal Task GiveAsync(GrantId id, GiveGrant grant, CancellationToken cancellationToken) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Put, $"{Routes.Grants}/{id}", grant,
            ProtocolJson.Default.GiveGrant), cancellationToken);
}
