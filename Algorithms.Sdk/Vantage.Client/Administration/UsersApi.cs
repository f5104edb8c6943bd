using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Cryptography;
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

    /// <summary>Lets somebody set a password; the answer holds the one-time code unless it goes by mail.</summary>
    public Task<InvitedUser> InviteAsync(UserId id, InviteUser invitation, CancellationToken cancellationToken = default) =>
        rest.PostAsync($"{Routes.Users}/{id}/invitation", invitation, ProtocolJson.Default.InviteUser,
            ProtocolJson.Default.InvitedUser, cancellationToken);

    /// <summary>Its sessions end and its tokens open nothing, everywhere within a second.</summary>
    public Task DisableAsync(UserId id, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, $"{Routes.Users}/{id}/disabled", cancellationToken);

    /// <summary>Brings its tokens back, and none of its sessions.</summary>
    public Task EnableAsync(UserId id, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"{Routes.Users}/{id}/disabled", cancellationToken);

    /// <summary>Takes away authenticator app, recovery codes and passkeys, and ends the sessions.</summary>
    public Task ResetSecondFactorAsync(UserId id, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"{Routes.Users}/{id}/second-factor", cancellationToken);

    private Task SendAsync(HttpMethod method, string path, CancellationToken cancellationToken) =>
        rest.SendAsync(() => new HttpRequestMessage(method, RestChannel.Relative(path)), cancellationToken);

    /// <summary>
    /// Certificates (DER) that the organization's root issued for one of this user's devices: another one, or one that is known
    /// by its signing key.
    /// </summary>
    public Task PublishCertificatesAsync(UserId id, PublishCertificates certificates,
        CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Put, $"{Routes.Users}/{id}/certificates", certificates,
            ProtocolJson.Default.PublishCertificates), cancellationToken);

    /// <summary>Nothing new is sealed to one of this user's devices. Its keys count until the organization revokes them.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="device">Its signing key.</param>
    /// <param name="cancellationToken">Stops.</param>
    public Task RemoveDeviceAsync(UserId id, KeyId device, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, $"{Routes.Users}/{id}/devices/{device}", cancellationToken);

    /// <summary>The people at identity providers who sign in to an account.</summary>
    public async Task<IReadOnlyList<LinkedIdentity>> IdentitiesAsync(UserId user, CancellationToken cancellationToken = default) =>
        (await rest.GetAsync($"{Routes.Users}/{user}/identities", ProtocolJson.Default.LinkedIdentities, cancellationToken)).Items;

    /// <summary>Lets somebody at an identity provider sign in to an account. Only an admin may.</summary>
    public async Task<IReadOnlyList<LinkedIdentity>> LinkAsync(UserId user, LinkIdentity identity, CancellationToken cancellationToken = default) =>
        (await rest.PostAsync($"{Routes.Users}/{user}/identities", identity, ProtocolJson.Default.LinkIdentity,
            ProtocolJson.Default.LinkedIdentities, cancellationToken)).Items;

    /// <summary>They can't sign in to the account any more; sessions that are open stay.</summary>
    public Task UnlinkAsync(UserId user, LinkIdentity identity, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, RestChannel.Relative(
            $"{Routes.Users}/{user}/identities?provider={Uri.EscapeDataString(identity.Provider)}&subject={Uri.EscapeDataString(identity.Subject)}")),
            cancellationToken);

    /// <summary>Declares by which account a program works that shows access tokens of the institution's provider.</summary>
    public Task<User> CreateServiceAsync(CreateServiceAccount account, CancellationToken cancellationToken = default) =>
        rest.PostAsync(Routes.ServiceAccounts, account, ProtocolJson.Default.CreateServiceAccount, ProtocolJson.Default.User,
            cancellationToken);
}
