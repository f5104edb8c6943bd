using Vantage.Client.Connection;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.Client.Administration;

/// <summary>API tokens. All methods throw <see cref="Errors.VantageException"/>.</summary>
public sealed class TokensApi
{
    private readonly RestChannel rest;

    internal TokensApi(RestChannel rest) => this.rest = rest;

    /// <summary>The caller's own, or another user's whom the caller administers. Never their secrets.</summary>
    public IAsyncEnumerable<TokenInfo> ListAsync(UserId? user = null, CancellationToken cancellationToken = default) =>
        Pages.WalkAsync(rest,
            user is { } id ? Pages.WithQuery(Routes.Tokens, "user", id.ToString()) : Routes.Tokens,
            ProtocolJson.Default.PageTokenInfo, cancellationToken);

    /// <summary>The answer holds the secret, which the Coordinator shows this once.</summary>
    public Task<CreatedToken> CreateAsync(CreateToken token, CancellationToken cancellationToken = default) =>
        rest.PostAsync(Routes.Tokens, token, ProtocolJson.Default.CreateToken, ProtocolJson.Default.CreatedToken,
            cancellationToken);

    /// <summary>One token: whose, good for what, until when, and when it was last used. Never its secret.</summary>
    public Task<TokenInfo> GetAsync(TokenId id, CancellationToken cancellationToken = default) =>
        rest.GetAsync($"{Routes.Tokens}/{id}", ProtocolJson.Default.TokenInfo, cancellationToken);

    /// <summary>
    /// A new token of the same rights in place of this one, which stays good for the overlap. The answer holds the new
    /// secret, shown this once.
    /// </summary>
    public Task<CreatedToken> RotateAsync(TokenId id, RotateToken how, CancellationToken cancellationToken = default) =>
        rest.PostAsync($"{Routes.Tokens}/{id}/rotate", how, ProtocolJson.Default.RotateToken,
            ProtocolJson.Default.CreatedToken, cancellationToken);

    /// <summary>Moves a token's end, counted from now; the secret stays as it is.</summary>
    public Task<TokenInfo> RenewAsync(TokenId id, RenewToken how, CancellationToken cancellationToken = default) =>
        rest.PostAsync($"{Routes.Tokens}/{id}/renew", how, ProtocolJson.Default.RenewToken,
            ProtocolJson.Default.TokenInfo, cancellationToken);

    /// <summary>Takes effect everywhere within a second, open streams included.</summary>
    public Task RevokeAsync(TokenId id, CancellationToken cancellationToken = default) =>
        rest.SendAsync(() => new HttpRequestMessage(HttpMethod.Delete, RestChannel.Relative($"{Routes.Tokens}/{id}")),
            cancellationToken);
}
