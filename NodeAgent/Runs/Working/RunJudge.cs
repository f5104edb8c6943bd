using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Errors;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;

namespace Vantage.NodeAgent.Runs.Working;

/// <summary>Verifies a claim against what this node is, believes and remembers, now.</summary>
internal sealed partial class RunJudge(
    SelfHolder holder, NodeTrust trust, RunJournal journal, NodeSettings settings, TimeProvider time, ILogger<RunJudge> logger)
{
    public ManifestVerdict Judge(ClaimedRun claim)
    {
        try
        {
            return new ManifestVerifier(holder.Self, trust.ForNewWork, time.GetUtcNow(), settings.ClockSkew, trust.ForReading)
                .Verify(claim, journal.Book.EarlierSiblings(claim.Run));
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
