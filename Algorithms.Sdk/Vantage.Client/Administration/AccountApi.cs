using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Administration;

/// <summary>
/// One's own account: how it signs in, and its sessions. What changes how somebody signs in wants a session whose person
/// proved who they are within ten minutes (<see cref="ConfirmAsync"/>); a token may not. All methods throw
/// <see cref="Errors.VantageException"/>.
/// </summary>
public sealed class AccountApi
{
    private readonly RestChannel rest;

    internal AccountApi(RestChannel rest) => this.rest = rest;

    /// <summary>What the account signs in with.</summary>
    public Task<AccountView> ShowAsync(CancellationToken cancellationToken = default) =>
        rest.GetAsync(Routes.Account, ProtocolJson.Default.AccountView, cancellationToken);

    /// <summary>Proves once more who holds the session.</summary>
    public Task ConfirmAsync(ConfirmSession proof, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Post, Routes.AccountConfirmation, proof,
            ProtocolJson.Default.ConfirmSession), cancellationToken);

    /// <summary>Ends all other sessions of the account.</summary>
    public Task ChangePasswordAsync(ChangePassword change, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Post, Routes.AccountPassword, change,
            ProtocolJson.Default.ChangePassword), cancellationToken);

    /// <summary>Proposes a secret for an authenticator app; it counts once confirmed.</summary>
    public Task<NewTotp> AddTotpAsync(CancellationToken cancellationToken = default) =>
        rest.ExchangeAsync(() => Empty(HttpMethod.Post, Routes.AccountTotp), ProtocolJson.Default.NewTotp, cancellationToken);

    /// <summary>With a code that the app shows; the answer holds the recovery codes, shown this once.</summary>
    public Task<RecoveryCodeList> ConfirmTotpAsync(string code, CancellationToken cancellationToken = default) =>
        rest.PostAsync(Routes.AccountTotp + "/confirmation", new ConfirmTotp(code), ProtocolJson.Default.ConfirmTotp,
            ProtocolJson.Default.RecoveryCodeList, cancellationToken);

    /// <summary>Takes the app and the recovery codes away.</summary>
    public Task RemoveTotpAsync(CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => Empty(HttpMethod.Delete, Routes.AccountTotp), cancellationToken);

    /// <summary>New recovery codes, shown this once; the old ones are void.</summary>
    public Task<RecoveryCodeList> RenewRecoveryCodesAsync(CancellationToken cancellationToken = default) =>
        rest.ExchangeAsync(() => Empty(HttpMethod.Post, Routes.AccountRecoveryCodes), ProtocolJson.Default.RecoveryCodeList,
            cancellationToken);

    /// <summary>Passkeys are added in a browser.</summary>
    public IAsyncEnumerable<Passkey> ListPasskeysAsync(CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest, Routes.AccountPasskeys, ProtocolJson.Default.PagePasskey, cancellationToken);

    /// <summary>It signs nobody in any more.</summary>
    public Task RemovePasskeyAsync(string id, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => Empty(HttpMethod.Delete, $"{Routes.AccountPasskeys}/{Uri.EscapeDataString(id)}"), cancellationToken);

    /// <summary>Sends a code to the new address, which counts once the code has come back.</summary>
    public Task ChangeEmailAsync(string email, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Put, Routes.AccountEmail, new ChangeEmail(email),
            ProtocolJson.Default.ChangeEmail), cancellationToken);

    /// <summary>Those that have not ended.</summary>
    public IAsyncEnumerable<UserSession> ListSessionsAsync(CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest, Routes.AccountSessions, ProtocolJson.Default.PageUserSession, cancellationToken);

    /// <summary>Takes effect everywhere within a second, open streams included.</summary>
    public Task EndSessionAsync(UserSessionId id, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => Empty(HttpMethod.Delete, $"{Routes.AccountSessions}/{id}"), cancellationToken);

    /// <summary>All but the one with which this is asked; with a token all of them.</summary>
    public Task EndOtherSessionsAsync(CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => Empty(HttpMethod.Delete, Routes.AccountSessions), cancellationToken);

    /// <summary>Ends the session with which this is asked.</summary>
    public Task SignOutAsync(CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => Empty(HttpMethod.Post, Routes.SignOut), cancellationToken);

    private static HttpRequestMessage Empty(HttpMethod method, string path) => new(method, RestChannel.Relative(path));
}
