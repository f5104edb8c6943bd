using System.Text.Json;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <param name="User">The name that the account signs in with: an e-mail address, usually.</param>
/// <param name="Code">Of the authenticator app, or a recovery code; where the account has a second factor.</param>
/// <param name="Cookie">For browsers: the session goes into a cookie, and its secret is not in the answer.</param>
public sealed record PasswordSignIn(string User, string Password, string? Code = null, bool Cookie = false);

/// <param name="Secret">The whole session, shown this once; absent where it is in a cookie.</param>
public sealed record SignedIn(UserSession Session, string? Secret = null);

/// <summary>Proves once more who holds the session.</summary>
public sealed record ConfirmSession(string Password, string? Code = null);

/// <summary>With a code from an invitation or a recovery mail.</summary>
public sealed record SetPassword(string Code, string Password);

/// <param name="Current">The password so far.</param>
public sealed record ChangePassword(string Current, string Password);

/// <param name="User">The name that the account signs in with.</param>
public sealed record AskRecovery(string User);

/// <summary>With the code that was sent there.</summary>
public sealed record VerifyEmail(string Code);

/// <summary>The address counts once the code that is sent there has come back.</summary>
public sealed record ChangeEmail(string Email);

/// <param name="Login">The name to sign in with; absent: the account's e-mail address, or what it has already.</param>
/// <param name="Mail">Sends the code to the account's address instead of giving it back.</param>
public sealed record InviteUser(string? Login = null, bool Mail = false);

/// <param name="Code">With which the person sets a password, once; absent if it was sent by mail.</param>
public sealed record InvitedUser(string Login, DateTimeOffset ExpiresAt, string? Code = null);

/// <summary>How one's own account signs in.</summary>
/// <param name="Login">Absent if it does not by itself.</param>
/// <param name="RecoveryCodes">How many are left.</param>
public sealed record AccountView(UserId User, string Name, string? Login, string? Email, bool EmailVerified, bool HasPassword,
    DateTimeOffset? PasswordChangedAt, bool HasTotp, int RecoveryCodes, int Passkeys);

/// <summary>For the authenticator app; nothing changes before it is confirmed with a code.</summary>
/// <param name="Secret">Base 32, for typing.</param>
/// <param name="Uri">The same as <c>otpauth:</c>, for a QR code.</param>
public sealed record NewTotp(string Secret, string Uri);

/// <summary>A code that the app shows.</summary>
public sealed record ConfirmTotp(string Code);

/// <summary>Each good once in place of the app's code; shown this once.</summary>
public sealed record RecoveryCodeList(IReadOnlyList<string> Codes);

/// <param name="Options">For <c>navigator.credentials.create</c> or <c>get</c>.</param>
/// <param name="State">To be sent back with what comes of it, within five minutes.</param>
public sealed record PasskeyChallenge(JsonElement Options, string State);

/// <param name="Credential">What the browser made, as <c>PublicKeyCredential.toJSON()</c> writes it.</param>
public sealed record AddPasskey(string Name, string State, JsonElement Credential);

/// <param name="Credential">What the browser signed, as <c>PublicKeyCredential.toJSON()</c> writes it.</param>
public sealed record PasskeySignIn(string State, JsonElement Credential, bool Cookie = false);

/// <param name="Id">The credential's, base64url.</param>
/// <param name="Synced">Its maker keeps copies on other devices.</param>
public sealed record Passkey(string Id, string Name, bool Synced, DateTimeOffset AddedAt, DateTimeOffset? LastUsedAt);
