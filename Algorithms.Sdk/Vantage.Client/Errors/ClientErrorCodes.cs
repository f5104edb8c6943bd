namespace Vantage.Client.Errors;

/// <summary>Stable codes of what the client finds by itself, besides the Coordinator's.</summary>
public static class ClientErrorCodes
{
    /// <summary>Nobody answers under the url, or the connection breaks off again and again.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>Plain http to another machine.</summary>
    public const string InsecureUrl = "insecure-url";

    /// <summary>Something answers under the url, but no Coordinator.</summary>
    public const string NotACoordinator = "not-a-coordinator";

    /// <summary>The Coordinator's TLS certificate is not trusted here.</summary>
    public const string TlsUntrusted = "tls-untrusted";

    /// <summary>The proxy refuses, mostly for want of a user name and password (407).</summary>
    public const string ProxyRefused = "proxy-refused";

    /// <summary>The client's home is not set up, or a file in it is damaged.</summary>
    public const string HomeInvalid = "home-invalid";

    /// <summary>A key or certificate that is needed is not in the client's home.</summary>
    public const string KeyMissing = "key-missing";

    /// <summary>A key file can't be opened: wrong password, or readable by others.</summary>
    public const string KeyUnusable = "key-unusable";

    /// <summary>An organization's root is not among the pinned ones.</summary>
    public const string RootNotPinned = "root-not-pinned";

    /// <summary>A certificate is not what it should be: wrong issuer, owner, purpose or time.</summary>
    public const string CertificateUntrusted = "certificate-untrusted";

    /// <summary>Its organization has said that the key counts no more.</summary>
    public const string KeyRevoked = "key-revoked";

    /// <summary>An organization's list of revoked keys has expired, so that nothing new is begun on its word.</summary>
    public const string RevocationsOutdated = "revocations-outdated";

    /// <summary>A fingerprint given by a person differs from the key's own.</summary>
    public const string FingerprintMismatch = "fingerprint-mismatch";

    /// <summary>
    /// The pins statement or the catalogue is damaged, older than the one here, or signed by somebody else.
    /// </summary>
    public const string StatementUntrusted = "statement-untrusted";

    /// <summary>No target is left: the collaboration has no certified node, or none that was asked for.</summary>
    public const string NoTargets = "no-targets";

    /// <summary>The signed catalogue has no such algorithm or function.</summary>
    public const string AlgorithmUnknown = "algorithm-unknown";

    /// <summary>The request breaks a rule of the manifest; the text names the member.</summary>
    public const string RequestInvalid = "request-invalid";

    /// <summary>A receipt, or what it vouches for, does not verify. The result is not given out.</summary>
    public const string ReceiptUntrusted = "receipt-untrusted";

    /// <summary>An audit trail was altered, cut off, rolled back or begun anew.</summary>
    public const string AuditBroken = "audit-broken";

    /// <summary>An exported task was altered, or is signed by nobody who is pinned.</summary>
    public const string CrateUntrusted = "crate-untrusted";

    /// <summary>A payload does not open with this key, or was altered.</summary>
    public const string PayloadUnreadable = "payload-unreadable";

    /// <summary>What was asked for does not exist (yet): the run has not ended, or ended without it.</summary>
    public const string NothingThere = "nothing-there";

    /// <summary>Too few sites answered to go on.</summary>
    public const string TaskFailed = "task-failed";
}
