using Vantage.NodeAgent.Link;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Json;

namespace Vantage.NodeAgent.Audit.Coordinators;

/// <summary>
/// Keeps the newest head of the Coordinator's audit trail and holds each later one against it. If the trail went back, or
/// is no longer what it was, the node says so and claims nothing more until its admin has found out why: work that is under
/// way goes on, since what it rests on are people's signatures and not the Coordinator's word.
/// </summary>
internal sealed partial class HeadKeeper(HeadFile file, IRunDesk desk, ILogger<HeadKeeper> logger)
{
    private string? told;

    /// <summary>How many entries the head has that is kept: what the Coordinator has to continue from.</summary>
    public long Held
    {
        get
        {
            try
            {
                return file.Read()?.Size ?? 0;
            }
            catch (Exception e) when (DiskGuard.IsTrouble(e))
            {
                return 0;
            }
        }
    }

    /// <param name="offer">What the Coordinator showed; null if nothing.</param>
    public void Heard(HeadOffer? offer)
    {
        try
        {
            var held = file.Read();
            if (held is null && offer is null)
            {
                // Nothing was ever signed, or an earlier version of the Coordinator that shows no heads.
                return;
            }

            Judge(held, offer);
        }
        catch (Exception e) when (DiskGuard.IsTrouble(e))
        {
            Refuse(e.Message);
        }
    }

    private void Judge(AuditHead? held, HeadOffer? offer)
    {
        switch (offer is null ? Withheld(held!) : HeadJudge.Judge(held, offer))
        {
            case HeadVerdict.Good { Keep: var head }:
                if (head != held)
                {
                    file.Keep(head);
                }

                if (told is not null)
                {
                    LogGood(head.Size);
                }

                told = null;
                desk.Bar(null);
                break;
            case HeadVerdict.Bad bad:
                file.Refuse(offer?.Head);
                Refuse($"{bad.Sentence} ({bad.Fault.ToExactName()})");
                break;
        }
    }

    private static HeadVerdict.Bad Withheld(AuditHead held) => new(HeadFault.Rollback,
        $"The Coordinator shows no head of its audit trail any more; on {held.At:u} it had {held.Size} entries.");

    private void Refuse(string why)
    {
        var sentence = $"The Coordinator's audit trail can't be believed: {why} This node claims nothing new. Ask the Coordinator's admin and other "
            + "nodes what happened (docs/audit.md); if it is explained: vantage node audit accept";
        desk.Bar(sentence);
        if (told != sentence)
        {
            told = sentence;
            LogBad(sentence);
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Problem}")]
    private partial void LogBad(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The Coordinator's audit trail of {Size} entries is believed again")]
    private partial void LogGood(long size);
}
