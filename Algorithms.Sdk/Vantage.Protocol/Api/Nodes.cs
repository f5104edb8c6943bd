using System.Text.Json.Serialization;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

[JsonConverter(typeof(JsonStringEnumConverter<NodeStanding>))]
public enum NodeStanding
{
    /// <summary>Its enrolment code was not used yet.</summary>
    [JsonStringEnumMemberName("invited")]
    Invited,

    /// <summary>Its certificate requests wait for the organization's admin.</summary>
    [JsonStringEnumMemberName("awaiting-certification")]
    AwaitingCertification,

    /// <summary>It may sign in.</summary>
    [JsonStringEnumMemberName("certified")]
    Certified,

    /// <summary>It may never sign in again.</summary>
    [JsonStringEnumMemberName("revoked")]
    Revoked,
}

/// <summary>A node as its own organization sees it.</summary>
/// <param name="SigningRequest">PKCS#10, DER: what the admin certifies after comparing fingerprints.</param>
public sealed record Node(NodeId Id, OrganizationId Organization, string Name, NodeStanding Standing, NodeMode Mode,
    bool Online, DateTimeOffset? LastSeenAt, string? AgentVersion, byte[]? SigningRequest, byte[]? EncryptionRequest,
    byte[]? SigningCertificate, byte[]? EncryptionCertificate, DateTimeOffset CreatedAt);

/// <param name="Organization">Whose node; absent for the caller's own organization.</param>
public sealed record InviteNode(string Name, OrganizationId? Organization = null);

/// <param name="Code">One-time enrolment code, shown this once. It opens the account; it certifies nothing.</param>
public sealed record InvitedNode(Node Node, string Code, DateTimeOffset CodeExpiresAt);

/// <summary>What a new node sends with its code; the only unauthenticated route besides sign-in and health.</summary>
/// <param name="SigningRequest">PKCS#10, DER.</param>
public sealed record EnrolNode(string Code, byte[] SigningRequest, byte[] EncryptionRequest);

/// <param name="Root">The organization's published root, DER, to compare with the one the admin hands over.</param>
public sealed record EnrolledNode(NodeId Node, OrganizationId Organization, string Name, byte[]? Root);

/// <summary>Asks for a challenge to sign. The answer is the same for every node id, known or not.</summary>
public sealed record SignInChallengeRequest(NodeId Node);

public sealed record SignInChallenge(string Challenge, DateTimeOffset ExpiresAt);

/// <param name="Response">JWS <c>vantage-node-sign-in+jws</c> over challenge, node and audience.</param>
public sealed record NodeSignIn(string Response);

/// <param name="Token">Bearer token for the hub and REST.</param>
/// <param name="SigningCertificate">As certified by the organization's admin, DER.</param>
public sealed record NodeSession(string Token, DateTimeOffset ExpiresAt, NodeId Node, OrganizationId Organization,
    byte[] SigningCertificate, byte[] EncryptionCertificate);
