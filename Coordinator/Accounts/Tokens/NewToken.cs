using System.Security.Cryptography;
using Vantage.Coordinator.Access;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts.Tokens;

/// <summary>A token at the one moment when its secret exists here: the row keeps the hash, the answer the text.</summary>
internal sealed record NewToken(TokenRow Row, string Secret)
{
    public static readonly TimeSpan FirstTokenLife = TimeSpan.FromDays(90);

    public static NewToken Create(Guid account, Guid? organization, string name, TimeSpan life, TimeProvider time,
        RandomNumberGenerator random, TokenTerms? terms = null)
    {
        var id = TokenId.New(time);
        var secret = SecretText.Create(SecretText.ApiToken, id.Value, random);
        return new NewToken(new TokenRow
        {
            Id = id.Value,
            AccountId = account,
            OrganizationId = organization,
            Hash = secret.Hash,
            Name = name,
            ExpiresAt = time.GetUtcNow() + life,
            AllowedFrom = terms?.AllowedFrom is { } networks ? [.. networks.Select(network => network.ToString())] : null,
            Scopes = terms?.Scopes is { } scopes ? [.. scopes.Rules.Select(rule => rule.ToString())] : null,
        }, secret.Text);
    }

    public CreatedToken Show(DateTimeOffset now) => new(Show(Row, now), Secret);

    public static TokenInfo Show(TokenRow row, DateTimeOffset now) => new(
        new TokenId(row.Id), row.Name, row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.RevokedAt, new UserId(row.AccountId),
        row.AllowedFrom, row.ReplacedBy is { } next ? new TokenId(next) : null, row.RevokedAt is null && row.ExpiresAt > now, row.Scopes);
}
