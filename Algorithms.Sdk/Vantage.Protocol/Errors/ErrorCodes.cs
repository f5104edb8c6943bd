namespace Vantage.Protocol.Errors;

/// <summary>Stable codes of the REST and hub surface. A code is never reused for another meaning.</summary>
public static class ErrorCodes
{
    public const string Unauthenticated = "unauthenticated";
    public const string TokenExpired = "token-expired";
    public const string Forbidden = "forbidden";

    /// <summary>The session is too old for this: its person has to prove once more who they are.</summary>
    public const string ConfirmationNeeded = "confirmation-needed";

    /// <summary>Not a name and password (and code) that anybody signs in with. It never says which of them is wrong.</summary>
    public const string SignInRefused = "sign-in-refused";

    /// <summary>The password is right, and the account has a second factor.</summary>
    public const string CodeNeeded = "code-needed";

    public const string AccountCodeInvalid = "account-code-invalid";
    public const string PasskeyInvalid = "passkey-invalid";
    public const string MailOff = "mail-off";

    /// <summary>A browser sent a cookie along with something that another site's page asked for.</summary>
    public const string CrossSite = "cross-site";

    public const string NotFound = "not-found";
    public const string InvalidInput = "invalid-input";
    public const string MethodNotAllowed = "method-not-allowed";
    public const string UnsupportedMediaType = "unsupported-media-type";
    public const string TooLarge = "too-large";
    public const string TooManyRequests = "too-many-requests";
    public const string Conflict = "conflict";
    public const string NameTaken = "name-taken";
    public const string Internal = "internal-error";
    public const string Unavailable = "unavailable";
    public const string NotYet = "not-yet";

    public const string EnrolmentCodeInvalid = "enrolment-code-invalid";
    public const string EnrolmentCodeExpired = "enrolment-code-expired";
    public const string NodeNotCertified = "node-not-certified";
    public const string ChallengeInvalid = "challenge-invalid";
    public const string SignatureInvalid = "signature-invalid";
    public const string CertificateInvalid = "certificate-invalid";
    public const string RootMissing = "root-missing";

    /// <summary>The sign-on that an answer or a code belongs to is not there: over, used, or somebody else's.</summary>
    public const string SignOnInvalid = "sign-on-invalid";

    /// <summary>The identity provider, or the Coordinator after it, did not let the person in.</summary>
    public const string SignOnRefused = "sign-on-refused";

    /// <summary>An identity provider does not answer, or not as it has to.</summary>
    public const string ProviderFailed = "provider-failed";

    /// <summary>A charter, or a consent to one, that no node would follow.</summary>
    public const string CharterRefused = "charter-refused";

    public const string ManifestInvalid = "manifest-invalid";
    public const string ManifestConflict = "manifest-conflict";
    /// <summary>There is no delegation, or the run that has it is not the caller's, or has ended.</summary>
    public const string DelegationMissing = "delegation-missing";

    /// <summary>A subtask goes beyond what was delegated; the detail says in what.</summary>
    public const string DelegationExceeded = "delegation-exceeded";

    public const string PayloadMissing = "payload-missing";
    public const string PayloadDigestMismatch = "payload-digest-mismatch";
    public const string RangeNotSatisfiable = "range-not-satisfiable";
    public const string QuotaExceeded = "quota-exceeded";
    public const string PayloadExpired = "payload-expired";
    public const string UploadIncomplete = "upload-incomplete";
    public const string UploadClosed = "upload-closed";

    public const string ProtocolVersion = "protocol-version";
    public const string StaleEpoch = "stale-epoch";
    public const string RunEnded = "run-ended";
}
