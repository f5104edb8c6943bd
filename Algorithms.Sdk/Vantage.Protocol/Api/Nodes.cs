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

/// <summary>
/// What a new node sends with its code; the only unauthenticated route besides sign-in and health. The code is used up by
/// the first keys that come with it. The same code with requests for the same two keys is answered again, also after the
/// code's expiry, until the node first signs in: that is how a node whose first answer was lost, or whose admin has
/// certified it since, learns so. It signs in with those certificates.
/// </summary>
/// <param name="SigningRequest">PKCS#10, DER.</param>
public sealed record EnrolNode(string Code, byte[] SigningRequest, byte[] EncryptionRequest);

/// <param name="Root">The organization's published root, DER, to compare with the one the admin hands over.</param>
/// <param name="SigningCertificate">DER; absent until the organization's admin certified the node.</param>
/// <param name="EncryptionCertificate">DER; absent until the organization's admin certified the node.</param>
public sealed record EnrolledNode(NodeId Node, OrganizationId Organization, string Name, byte[]? Root,
    byte[]? SigningCertificate = null, byte[]? EncryptionCertificate = null);

/// <summary>Asks for a challenge to sign. The answer is the same for every node id, known or not.</summary>
public sealed record SignInChallengeRequest(NodeId Node);

public sealed record SignInChallenge(string Challenge, DateTimeOffset ExpiresAt);

/// <param name="Response">
/// JWS <c>vantage-node-sign-in+jws</c> over challenge, node and audience. The audience is the address the node calls the
/// Coordinator by, without a slash at the end.
/// </param>
public sealed record NodeSignIn(string Response);

/// <param name="Token">Bearer token for the hub and REST.</param>
/// <param name="SigningCertificate">The newest that the organization's admin gave, DER: how a renewed one reaches the node.</param>
public sealed record NodeSession(string Token, DateTimeOffset ExpiresAt, NodeId Node, OrganizationId Organization,
    byte[] SigningCertificate, byte[] EncryptionCertificate);
