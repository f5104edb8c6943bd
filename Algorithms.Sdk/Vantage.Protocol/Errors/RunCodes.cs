namespace Vantage.Protocol.Errors;

/// <summary>
/// Stable codes that a node states in the clear with an outcome. They say the kind of thing that happened and nothing
/// about data; the sentence that helps a person is sealed.
/// </summary>
public static class RunCodes
{
    public const string ManifestUntrusted = "manifest-untrusted";
    public const string ManifestInvalid = "manifest-invalid";
    public const string ManifestExpired = "manifest-expired";
    public const string NotATarget = "not-a-target";
    public const string RecipientUntrusted = "recipient-untrusted";

    /// <summary>A key behind the question is on its organization's list of keys that count no more.</summary>
    public const string KeyRevoked = "key-revoked";

    /// <summary>
    /// An organization behind the question publishes which of its keys count no more, and the newest list this node could get
    /// is too old to rely on.
    /// </summary>
    public const string RevocationsOutdated = "revocations-outdated";

    public const string PolicyRefused = "policy-refused";

    /// <summary>The charter of the collaboration does not cover it: a purpose, a project code, or somebody who is no member.</summary>
    public const string OutsideCharter = "outside-charter";

    /// <summary>A person of the site said no; their reason, if they gave one, is sealed.</summary>
    public const string ApprovalDenied = "approval-denied";

    /// <summary>The site's policy wants a person's word, and nobody gave it in time.</summary>
    public const string ApprovalExpired = "approval-expired";

    public const string AlgorithmUnknown = "algorithm-unknown";
    public const string InputUnreadable = "input-unreadable";
    public const string DataUnavailable = "data-unavailable";
    public const string DataInvalid = "data-invalid";
    public const string ArgumentsInvalid = "arguments-invalid";
    public const string AlgorithmFailed = "algorithm-failed";
    public const string AlgorithmNoOutput = "algorithm-no-output";
    public const string OutputTooLarge = "output-too-large";
    public const string TimeLimit = "time-limit";
    public const string MemoryLimit = "memory-limit";
    public const string DiskLimit = "disk-limit";
    public const string RuntimeUnavailable = "runtime-unavailable";
    public const string ResourcesUnavailable = "resources-unavailable";

    /// <summary>A central function needs an answer of every site, and some gave none.</summary>
    public const string SitesFailed = "sites-failed";

    public const string CancelledByUser = "cancelled-by-user";
    public const string NodeStopped = "node-stopped";
    public const string NotYet = "not-yet";
    public const string NodeInternal = "node-internal";

    /// <summary>
    /// The node finished this run under an earlier epoch and delivered it; it was offered again after the node had swept what
    /// it could have sent a second time. A run never runs twice.
    /// </summary>
    public const string FinishedBefore = "finished-before";

    /// <summary>
    /// The node had finished the run and sealed its result, but its disk changed or lost the file before the Coordinator had
    /// it. A run never runs twice, and a file that is not what was sealed is never sent: ask again.
    /// </summary>
    public const string ResultDamaged = "result-damaged";
}
