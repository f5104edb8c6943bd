using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Ids;

namespace Vantage.Protocol.Api;

/// <summary>Who the bearer of a token or session is.</summary>
/// <param name="Token">The token with which this was asked.</param>
/// <param name="Session">Or the session.</param>
/// <param name="Rights">What they may do with it, such as <c>task.view@organization</c>.</param>
public sealed record Me(UserId User, string Name, IReadOnlyList<Role> Roles, OrganizationId? Organization,
    TokenInfo? Token, UserSession? Session = null, IReadOnlyList<string>? Rights = null);

/// <param name="Root">The organization's root certificate, DER. Published for convenience; trust comes from pinning.</param>
public sealed record Organization(OrganizationId Id, string Name, string? Country, byte[]? Root,
    DateTimeOffset CreatedAt);

public sealed record CreateOrganization(string Name, string? Country = null);

/// <param name="Certificate">DER, self-signed.</param>
public sealed record PublishRoot(byte[] Certificate);

/// <param name="SigningCertificate">Of the newest device; DER.</param>
/// <param name="EncryptionCertificate">Of the newest device; DER.</param>
/// <param name="Devices">All of them, the oldest first. Absent from a Coordinator that knew one device a person.</param>
public sealed record User(UserId Id, string Name, string? Email, OrganizationId? Organization,
    IReadOnlyList<Role> Roles, byte[]? SigningCertificate, byte[]? EncryptionCertificate, DateTimeOffset CreatedAt,
    IReadOnlyList<Device>? Devices = null);

/// <summary>One of the devices at which a person works, with two certified keys of its own.</summary>
/// <param name="Key">Its signing key, which names it.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="SigningCertificate">DER.</param>
/// <param name="EncryptionCertificate">DER: what is for the person is sealed to it, and to the other devices'.</param>
/// <param name="CreatedAt">When it was certified first.</param>
public sealed record Device(KeyId Key, string? Name, byte[] SigningCertificate, byte[] EncryptionCertificate, DateTimeOffset CreatedAt);

public sealed record CreateUser(string Name, string? Email, OrganizationId? Organization, IReadOnlyList<Role> Roles);

/// <summary>The account and its first token, whose secret is shown this once.</summary>
public sealed record CreatedUser(User User, CreatedToken Token);

/// <summary>Certificates by the organization's root, DER.</summary>
/// <param name="Device">A person's device, as it is to be called; of a node nothing.</param>
public sealed record PublishCertificates(byte[] Signing, byte[] Encryption, string? Device = null);
