using Vantage.Protocol.Json;

namespace Vantage.Protocol.Identities;

/// <summary>Why a certificate is not believed. The set is closed; each has a stable code, its name in kebab-case.</summary>
public enum CertificateFault
{
    /// <summary>Not a certificate of the profile in docs/protocol.md.</summary>
    CertificateMalformed,

    /// <summary>No root of its organization is pinned.</summary>
    OrganizationNotPinned,

    /// <summary>Roots of its organization are pinned, but none of them issued it.</summary>
    RootNotPinned,

    CertificateNotYetValid,

    CertificateExpired,

    /// <summary>Its organization has said that the key counts no more.</summary>
    CertificateRevoked,

    /// <summary>Its organization publishes which keys count no more, and the list at hand is too old to tell.</summary>
    RevocationsOutdated,

    /// <summary>A signing key where an encryption key is needed, or the other way round.</summary>
    WrongPurpose,
}

/// <summary>A certificate that is not believed.</summary>
public sealed class CertificateException(CertificateFault fault, string message, Exception? innerException = null)
    : TrustException(message, innerException)
{
    public CertificateFault Fault { get; } = fault;

    public override string Code => Fault.ToExactName();
}
