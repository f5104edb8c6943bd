using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Envelopes;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <param name="Statement">JWS <c>vantage-key-revocations+jws</c>.</param>
public sealed record PublishRevocations(string Statement);

/// <summary>The newest list of an organization's revoked keys that the Coordinator has. Believed by its signature only.</summary>
public sealed record RevocationList(OrganizationId Organization, long Serial, DateTimeOffset NotAfter, string Statement);

/// <summary>Body of <c>PUT /api/v1/grants/{id}</c>.</summary>
/// <param name="Grantee">Whose key the grant names.</param>
/// <param name="Statement">JWS <c>vantage-grant+jws</c>, signed by the caller.</param>
public sealed record GiveGrant(UserId Grantee, string Statement);

/// <summary>A grant as who gave it and whom it is given see it.</summary>
/// <param name="Recipient">The grantee's encryption key.</param>
public sealed record GrantView(GrantId Id, CollaborationId Collaboration, TaskId Task, RunId Run, PayloadKind Kind, UserId Granter,
    UserId Grantee, KeyId Recipient, DateTimeOffset CreatedAt, string Statement);

/// <summary>What a certified node sends to have new keys certified; its old ones count until the new ones are.</summary>
/// <param name="SigningRequest">PKCS#10, DER.</param>
/// <param name="EncryptionRequest">PKCS#10, DER.</param>
public sealed record RenewNodeKeys(byte[] SigningRequest, byte[] EncryptionRequest);
