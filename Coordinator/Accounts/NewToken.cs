using System.Security.Cryptography;
using Vantage.Coordinator.Access;
using Vantage.Protocol.Api;
using Vantage.Protocol.Ids;

namespace Vantage.Coordinator.Accounts;

/// <summary>A token at the one moment when its secret exists here: the row keeps the hash, the answer the text.</summary>
internal sealed record NewToken(TokenRow Row, string Secret)
{
    public static readonly TimeSpan FirstTokenLife = TimeSpan.FromDays(90);

    public static NewToken Create(Guid account, Guid? organization, string name, TimeSpan life, TimeProvider time, RandomNumberGenerator random)
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
        }, secret.Text);
    }

    public CreatedToken Show() => new(Show(Row), Secret);

    public static TokenInfo Show(TokenRow row) =>
        new(new TokenId(row.Id), row.Name, row.CreatedAt, row.ExpiresAt, row.LastUsedAt, row.RevokedAt);
}
