using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Trust;
using Vantage.NodeAgent.Trust.Charters;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Runs.Working;

/// <summary>Verifies a claim against what this node is, believes and remembers, now.</summary>
internal sealed partial class RunJudge(
    SelfHolder holder, TrustBoard trust, RunJournal journal, NodeSettings settings, TimeProvider time, ILogger<RunJudge> logger)
{
    public ManifestVerdict Judge(ClaimedRun claim)
    {
        try
        {
            // What the manifest says of its collaboration is in the bytes that are then verified.
            var collaboration = ManifestGlance.Read(claim.Manifest)?.Collaboration ?? default;
            var verdict = new ManifestVerifier(holder.Self, trust.ForNewWork(collaboration), time.GetUtcNow(), settings.ClockSkew,
                    trust.ForReading(collaboration))
                .Verify(claim, journal.Book.EarlierSiblings(claim.Run));
            return verdict is ManifestVerdict.Verified verified && trust.CharterOf(collaboration) is { } charter
                && CharterLimits.Objections(charter, verified.Manifest, verified.Requester) is [_, ..] objections
                ? new ManifestVerdict.Refused(RunCodes.OutsideCharter,
                    $"Version {charter.Content.Serial} of the collaboration's charter does not cover this task. {string.Join(' ', objections)}",
                    verified.Manifest, verified.Recipients)
                : verdict;
        }
        catch (Exception e)
        {
            // Whatever a hostile manifest may trip over, it must not run, and must not be tried for ever.
            LogBug(e, claim.Run);
            return new ManifestVerdict.Refused(RunCodes.ManifestInvalid, "The manifest could not be verified.",
                ManifestGlance.Read(claim.Manifest), []);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Verifying {Run} met a bug of the node; it is refused")]
    private partial void LogBug(Exception e, RunId run);
}
