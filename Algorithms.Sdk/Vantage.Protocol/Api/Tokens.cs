using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <param name="User">Whose it is.</param>
/// <param name="AllowedFrom">Networks (CIDR) that it is good from; absent: anywhere.</param>
/// <param name="ReplacedBy">The token that it was rotated to. Until its end both are good.</param>
/// <param name="Active">Whether it would be accepted at this moment, from an allowed address.</param>
/// <param name="Scopes">What of its owner's rights it has, as rules such as <c>task.view@organization</c>; absent: all.</param>
public sealed record TokenInfo(TokenId Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, UserId? User = null,
    IReadOnlyList<string>? AllowedFrom = null, TokenId? ReplacedBy = null, bool? Active = null,
    IReadOnlyList<string>? Scopes = null);

/// <param name="User">Whose token; absent for one's own.</param>
/// <param name="Days">How long it is good for: from 1 to what the Coordinator allows (366 unless set otherwise).</param>
/// <param name="AllowedFrom">Addresses or networks (CIDR) that it is good from; absent: as the token that makes it.</param>
/// <param name="Scopes">
/// Rules such as <c>task.view@organization</c>, or permissions such as <c>task.view</c>, which then go as far as the
/// owner's; absent: as many as the token that makes it.
/// </param>
public sealed record CreateToken(string Name, int Days = 90, UserId? User = null,
    IReadOnlyList<string>? AllowedFrom = null, IReadOnlyList<string>? Scopes = null);

/// <param name="Secret">The whole token, shown this once.</param>
public sealed record CreatedToken(TokenInfo Token, string Secret);

/// <summary>Replaces a token by a new one of the same rights.</summary>
/// <param name="OverlapMinutes">How long the old one stays good, so that programs can be given the new one in turn; never beyond its own end.</param>
/// <param name="Days">How long the new one is good for; absent: as long as the old one was made for.</param>
public sealed record RotateToken(int OverlapMinutes = 1440, int? Days = null);

/// <summary>Moves a token's end; the secret stays.</summary>
/// <param name="Days">How long it is good for from now on.</param>
public sealed record RenewToken(int Days = 90);
