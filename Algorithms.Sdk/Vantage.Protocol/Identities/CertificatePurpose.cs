namespace Vantage.Protocol.Identities;

/// <summary>What a certified key is for. A key has one purpose.</summary>
public enum CertificatePurpose
{
    /// <summary>Certifies the organization's other keys, and signs its statements.</summary>
    Root,

    /// <summary>Signs manifests, receipts, grants and sign-ins.</summary>
    Signing,

    /// <summary>Opens envelopes.</summary>
    Encryption,

    /// <summary>Signs the organization's list of revoked keys, and nothing else.</summary>
    Revocation,
}
