using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Json;

namespace Vantage.Client.Administration;

/// <summary>
/// What needs neither token nor session: signing in, and getting to where one can. All methods throw
/// <see cref="Errors.VantageException"/>; a refusal never says what exactly was wrong.
/// </summary>
public sealed class SignInApi
{
    private readonly RestChannel rest;

    internal SignInApi(RestChannel rest) => this.rest = rest;

    /// <summary>The answer holds the session, to be used like a token.</summary>
    /// <exception cref="Errors.VantageException">
    /// <c>code-needed</c>: the password is right, ask for the authenticator's code and send both; <c>sign-in-refused</c>.
    /// </exception>
    public Task<SignedIn> SignInAsync(PasswordSignIn proof, CancellationToken cancellationToken = default) =>
        rest.PostAsync(Routes.SignIn, proof, ProtocolJson.Default.PasswordSignIn, ProtocolJson.Default.SignedIn, cancellationToken);

    /// <summary>Sets the first password, with the code of an invitation.</summary>
    public Task AcceptInvitationAsync(SetPassword password, CancellationToken cancellationToken = default) =>
        SendAsync(Routes.SignInInvitation, password, cancellationToken);

    /// <summary>If the account has a verified address, a code goes there. Nobody is told whether.</summary>
    public Task AskRecoveryAsync(string user, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Post, Routes.SignInRecovery, new AskRecovery(user),
            ProtocolJson.Default.AskRecovery), cancellationToken);

    /// <summary>Sets a new password, with the code of a recovery letter. It signs nobody in.</summary>
    public Task RecoverAsync(SetPassword password, CancellationToken cancellationToken = default) =>
        SendAsync(Routes.SignInRecoveryPassword, password, cancellationToken);

    /// <summary>The address to which the code was sent is the account's from now on.</summary>
    public Task VerifyEmailAsync(string code, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Post, Routes.SignInEmail, new VerifyEmail(code),
            ProtocolJson.Default.VerifyEmail), cancellationToken);

    private Task SendAsync(string path, SetPassword password, CancellationToken cancellationToken) =>
        rest.SendAsync(() => RestChannel.WithBody(HttpMethod.Post, path, password, ProtocolJson.Default.SetPassword), cancellationToken);
}
