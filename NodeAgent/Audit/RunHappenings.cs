using Vantage.NodeAgent.Approvals;
using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Working;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Calls;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Audit;

/// <summary>What the trail says about runs: who asked and by which signature, what was allowed by which rule, what left and for whom.</summary>
internal static class RunHappenings
{
    public static Happening Start(RunKey key, ManifestVerdict.Verified asked, PolicyDecision.Allowed by, ReadOnlyMemory<byte> arguments) => new("run.start", key.Run.ToString(),
    [
        .. About(key, asked.ManifestDigest, asked.Manifest.Task.ToString()),
        ("user", asked.Requester.User.ToString()),
        ("organization", asked.Requester.Organization.ToString()),
        ("delegate", asked.Requester.Delegate?.Node.ToString()),
        ("algorithm", asked.Manifest.Algorithm.Text),
        ("function", asked.Manifest.Function),
        ("calls", CallBatch.IsFor(asked.Manifest) ? CallBatch.WordsOf(arguments.Span, asked.Manifest.Algorithm) : null),
        ("purpose", asked.Manifest.Purpose),
        ("project", asked.Manifest.ProjectCode),
        .. asked.Manifest.Data.Select(data => ("data", (string?)$"{data.Label}={data.Kind.ToExactName()}:{data.Id}")),
        ("policy", by.Policy),
        ("rule", by.Rule),
    ]);

    /// <summary>Refused before anything was asked of the policy, and perhaps with nobody to tell.</summary>
    public static Happening Refuse(ClaimedRun claim, RunKey key, ManifestVerdict.Refused refused) => new("run.refuse", key.Run.ToString(),
    [
        .. About(key, Digest.OfText(claim.Manifest), claim.Task.ToString()),
        ("rule", refused.Code),
    ]);

    /// <summary>It has ended, and exactly this is about to leave.</summary>
    public static Happening Finish(SealJob job, JournalRecord.Sealed sealedEnd) => new("run.finish", job.Key.Run.ToString(),
    [
        .. About(job.Key, job.ManifestDigest, job.Task.ToString()),
        ("outcome", sealedEnd.Outcome.ToExactName()),
        ("code", sealedEnd.Code),
        ("policy", job.Policy.Version),
        ("rule", job.Policy.Rule),
        ("receipt", sealedEnd.Receipt?.ToString()),
        .. sealedEnd.Payloads.Select(payload => (payload.Kind.ToExactName(), (string?)$"{payload.Digest} {payload.Size}")),
        .. job.Recipients.Select(recipient => ("recipient", (string?)recipient.KeyId.ToString())),
    ]);

    /// <summary>It waits for a person of the site.</summary>
    public static Happening Ask(JournalRecord.Asked asked) => new("approval.ask", asked.Run.ToString(),
        ("epoch", $"{asked.Epoch}"), ("gate", asked.Gate.ToExactName()), ("of", asked.Subject.ToString()), ("policy", asked.Policy), ("rule", asked.Rule));

    /// <summary>What the person said; the first word stands.</summary>
    public static Happening Answer(RunId run, Approval question, ApprovalAnswer answer) => new("approval.answer", run.ToString(),
        ("gate", question.Gate.ToExactName()), ("of", question.Subject.ToString()), ("word", answer.Word.ToExactName()), ("by", answer.By));

    public static Happening Deliver(RunKey key, CommitReply reply) => new("run.deliver", key.Run.ToString(),
        ("epoch", $"{key.Epoch}"), ("answer", reply.Outcome.ToExactName()));

    private static (string Name, string? Value)[] About(RunKey key, Digest manifest, string task) =>
        [("epoch", $"{key.Epoch}"), ("task", task), ("manifest", manifest.ToString())];
}
