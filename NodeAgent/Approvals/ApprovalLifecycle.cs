namespace Vantage.NodeAgent.Approvals;

/// <summary>
/// The one table that moves approvals. The first answer stands, and no is no for the whole run; yes is for one subject only,
/// so that whatever differs from it is asked about anew; time alone ends an open question, with no.
/// </summary>
internal static class ApprovalLifecycle
{
    public static ApprovalTransition Next(Approval? state, ApprovalEvent happened, DateTimeOffset now) => (state, happened) switch
    {
        (null, ApprovalEvent.Ask ask) => Moved(ask.Question),
        (null, ApprovalEvent.Answer) => Refused(ApprovalRefusal.NotAsked),
        (null, ApprovalEvent.Tick) => Absorbed,

        // Asked again about the same: the time that was given for it stands.
        ({ } known, ApprovalEvent.Ask ask) when known.Subject == ask.Question.Subject => Absorbed,
        ({ IsRefusal: true }, ApprovalEvent.Ask) => Refused(ApprovalRefusal.AlreadyAnswered),
        (_, ApprovalEvent.Ask ask) => Moved(ask.Question),

        ({ IsOpen: true } open, ApprovalEvent.Answer answer) when answer.Subject != open.Subject => Refused(ApprovalRefusal.OtherSubject),
        ({ IsOpen: true } open, ApprovalEvent.Answer) when now >= open.Until => Refused(ApprovalRefusal.TooLate),
        ({ IsOpen: true } open, ApprovalEvent.Answer answer) => Moved(open with { Answer = answer.Given }),
        ({ IsOpen: true } open, ApprovalEvent.Tick) =>
            now >= open.Until ? Moved(open with { Answer = new(ApprovalWord.Expired, now) }) : Absorbed,

        ({ Answer: { } given } known, ApprovalEvent.Answer again) when again.Subject == known.Subject && again.Given.Word == given.Word => Absorbed,
        (_, ApprovalEvent.Answer) => Refused(ApprovalRefusal.AlreadyAnswered),
        (_, ApprovalEvent.Tick) => Absorbed,
        _ => throw new InvalidOperationException($"The table of approvals has no row for {happened}."),
    };

    private static readonly ApprovalTransition Absorbed = new ApprovalTransition.Absorbed();

    private static ApprovalTransition.Moved Moved(Approval state) => new(state);

    private static ApprovalTransition.Refused Refused(ApprovalRefusal reason) => new(reason);
}
