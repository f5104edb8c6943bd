using Vantage.Protocol.Api;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;

namespace Vantage.Cli.Tasks;

/// <summary>States, reasons and codes in words, each with what a person can do about it.</summary>
internal static class TaskWords
{
    public static string Outcome(TaskOutcome? outcome) => outcome switch
    {
        null => "open",
        TaskOutcome.Succeeded => "succeeded",
        TaskOutcome.Partial => "partial",
        TaskOutcome.Failed => "failed",
        TaskOutcome.Refused => "refused",
        TaskOutcome.Cancelled => "cancelled",
        TaskOutcome.Expired => "expired",
        _ => "unknown",
    };

    public static int ExitCode(TaskOutcome? outcome) => outcome switch
    {
        null or TaskOutcome.Succeeded => ExitCodes.Ok,
        TaskOutcome.Partial => ExitCodes.Partial,
        _ => ExitCodes.Failed,
    };

    public static string State(RunView run) => run.Outcome is { } outcome ? Outcome(outcome) : Phase(run.Phase);

    public static string Outcome(RunOutcome outcome) => outcome switch
    {
        RunOutcome.Succeeded => "succeeded",
        RunOutcome.Failed => "failed",
        RunOutcome.Refused => "refused",
        RunOutcome.Cancelled => "cancelled",
        RunOutcome.Expired => "expired",
        RunOutcome.Lost => "lost",
        _ => "unknown",
    };

    private static string Phase(RunPhase phase) => phase switch
    {
        RunPhase.Queued => "queued",
        RunPhase.Leased => "taken by its node",
        RunPhase.Preparing => "preparing",
        RunPhase.Running => "running",
        RunPhase.Sealing => "sealing",
        RunPhase.Uploading => "uploading",
        _ => "ended",
    };

    /// <summary>Why it does not move; for a person's word, also what the word is about.</summary>
    public static string Waiting(RunView run) => run is { Waiting: WaitingReason.AwaitingApproval, Phase: >= RunPhase.Sealing }
        ? "a person at the site has to release its result"
        : Waiting(run.Waiting);

    private static string Waiting(WaitingReason reason) => reason switch
    {
        WaitingReason.None => "",
        WaitingReason.NotBefore => "it is not to start yet",
        WaitingReason.NodeNeverSeen => "its node has never connected",
        WaitingReason.NodeOffline => "its node is offline",
        WaitingReason.NodePaused => "its node is paused",
        WaitingReason.NodeDraining => "its node is draining",
        WaitingReason.BehindOtherRuns => "other runs are before it",
        WaitingReason.AwaitingApproval => "a person at the site has to agree before it runs",
        WaitingReason.PullingImage => "the algorithm's image is being fetched",
        WaitingReason.WaitingForResources => "the site's machine is busy",
        WaitingReason.Uploading => "the result is on its way up",
        WaitingReason.WaitingForSites => "it waits for what it asked of the other sites",
        _ => "for a reason that this version does not know",
    };

    public static string? Advice(WaitingReason reason) => reason switch
    {
        WaitingReason.NodeNeverSeen =>
            "The partner's admin starts it: vantage node run. Check it with: vantage node check.",
        WaitingReason.NodeOffline =>
        "Ask the partner whether the node's machine and network are up (vantage node status).",
        WaitingReason.NodePaused => "The partner paused it; they go on with: vantage node resume.",
        WaitingReason.NodeDraining => "The partner is about to stop it; ask when it comes back.",
        WaitingReason.AwaitingApproval => "Tell the partner that your question waits for them.",
        WaitingReason.NotBefore => "Nothing to do: it starts by itself.",
        WaitingReason.BehindOtherRuns or WaitingReason.PullingImage or WaitingReason.WaitingForResources
            or WaitingReason.Uploading or WaitingReason.WaitingForSites => "Nothing to do but wait.",
        _ => null,
    };

    /// <summary>What to do about a code that a run ended with.</summary>
    public static string? Advice(string? code) => code switch
    {
        RunCodes.PolicyRefused =>
            "Ask the site's admin to allow it in the node's policy, or ask for something that it allows.",
        RunCodes.ApprovalDenied => "The message has their reason, if they gave one. Ask the site what it would agree to.",
        RunCodes.ApprovalExpired => "Tell the site's data steward that you ask, and ask again (vantage node approvals list shows them what waits).",
        RunCodes.ManifestUntrusted or RunCodes.RecipientUntrusted =>
            "The site does not believe your organization's root, or your certificate: its admin pins your root "
                + "(vantage keys pin) and gives the node the new pins.jws.",
        RunCodes.KeyRevoked =>
            "An organization revoked a key behind the question. If it is yours, make a new one (vantage keys rotate) and ask again.",
        RunCodes.RevocationsOutdated =>
            "The admin of the organization whose list of revoked keys has expired renews it (vantage keys revocations renew); then ask again.",
        RunCodes.ManifestExpired => "It was picked up too late. Ask again, with a longer --lifetime.",
        RunCodes.AlgorithmUnknown =>
        "The site runs another release. Compare versions with the site, and sign a new catalogue (vantage keys "
        + "catalogue).",
        "image-registry-unavailable" => "The registry did not answer the site. Ask again later.",
        "image-not-found" or "image-registry-refused" or "image-registry-untrusted" =>
            "The site can't fetch the image: its admin compares the reference and the registry's settings (registries in node.yaml).",
        "image-unsigned" or "image-signature-invalid" or "image-signature-misplaced" or "image-altered" or "image-ambiguous"
            or "image-malformed" or "image-too-large" or "image-undescribed" or "image-platform-missing" =>
            "Show the message to the image's publisher: vantage algorithm verify and inspect show what the site saw.",
        "image-wrong-key" or "image-publisher-unknown" =>
            "The site trusts another key: its admin compares it with the publisher's, and lists it under publishers in the policy.",
        "image-rolled-back" or "image-revoked" => "Ask with a newer version of the image.",
        "image-revocations-unusable" =>
            "The site's admin installs the newest revocations.jws (vantage algorithm revoke makes it).",
        RunCodes.DataUnavailable => "Compare the id after --data with what the site's admin declared.",
        RunCodes.DataInvalid => "The site's admin can correct the data; the message says where.",
        RunCodes.ArgumentsInvalid => "Correct --args and ask again.",
        RunCodes.TimeLimit => "Ask with more --time, if the site allows it.",
        RunCodes.OutputTooLarge => "Ask for less, or ask the site to allow more output.",
        RunCodes.ResourcesUnavailable => "Ask for fewer resources.",
        RunCodes.AlgorithmFailed or RunCodes.AlgorithmNoOutput =>
        "Show the algorithm's author the message and the log (vantage task result --log).",
        RunCodes.ResultDamaged =>
            "The site's disk changed or lost the sealed result before it was delivered, and a run never runs twice: its admin "
            + "looks at the disk, you ask again.",
        RunCodes.FinishedBefore =>
            "The result was delivered once and the Coordinator lost it since; the site keeps it no longer. Ask again.",
        RunCodes.InputUnreadable => "The node's keys changed since the question was sealed. Ask again.",
        RunCodes.RuntimeUnavailable or RunCodes.NodeInternal or RunCodes.NodeStopped =>
            "The site's admin sees more in the node's own log (vantage node status). Ask again later.",
        _ => null,
    };
}
