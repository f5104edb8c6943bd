using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Administration;

/// <summary>People's accounts. All methods throw <see cref="Errors.VantageException"/>.</summary>
public sealed class UsersApi
{
    private readonly RestChannel rest;

    internal UsersApi(RestChannel rest) => this.rest = rest;

    /// <summary>Those visible to the caller.</summary>
    public IAsyncEnumerable<User> ListAsync(CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest, Routes.Users, ProtocolJson.Default.PageUser, cancellationToken);

    /// <summary>One account.</summary>
    /// <exception cref="Errors.VantageException">There is none, or it is not visible to you.</exception>
    public Task<User> GetAsync(UserId id, CancellationToken cancellationToken = default) =>
        rest.GetAsync($"{Routes.Users}/{id}", ProtocolJson.Default.User, cancellationToken);

    /// <summary>Gives the account and its first token, whose secret the Coordinator shows this once.</summary>
    public Task<CreatedUser> CreateAsync(CreateUser user, CancellationToken cancellationToken = default) =>
        rest.PostAsync(Routes.Users, user, ProtocolJson.Default.CreateUser, ProtocolJson.Default.CreatedUser,
            cancellationToken);

    /// <summary>Certificates (DER) that the organization's root issued for this user.</summary>
    public Task PublishCertificatesAsync(UserId id, PublishCertificates certificates,
        CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Put, $"{Routes.Users}/{id}/certificates", certificates,
            ProtocolJson.Default.PublishCertificates), cancellationToken);
}
