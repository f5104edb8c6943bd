using FsCheck;
using FsCheck.Fluent;
using Vantage.NodeAgent.Approvals;
using Vantage.Protocol.Cryptography;

namespace Vantage.Tests.NodeAgent.Approvals;

/// <summary>The table of approvals, over every order of events.</summary>
public sealed class ApprovalLifecycleProperties
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(56);
    private static readonly Digest[] Subjects = [Digest.OfText("this"), Digest.OfText("that")];
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1000);

    private static readonly Gen<(ApprovalEvent Event, int Minute)> Events =
        from minute in Gen.Choose(0, 20)
        from subject in Gen.Elements(Subjects)
        from kind in Gen.Choose(0, 4)
        select (kind switch
        {
            0 or 1 => Ask(subject, minute),
            2 => Answer(subject, ApprovalWord.Approved, minute),
            3 => Answer(subject, ApprovalWord.Denied, minute),
            _ => new ApprovalEvent.Tick(),
        }, minute);

    private static readonly Arbitrary<List<(ApprovalEvent Event, int Minute)>> Histories =
        Arb.From(Events.ListOf().Select(events => events.OrderBy(happened => happened.Minute).ToList()));

    [Fact]
    public void AnswerGiven_IsNeverTakenBackForItsSubject_AndNoStaysNo() =>
        Prop.ForAll(Histories, history => Walk(history).All(step =>
            step.Before is not { Answer: { } given } before
            || (before.IsRefusal ? step.After == before : step.After!.Subject != before.Subject || step.After.Answer == given))).Check(Many);

    [Fact]
    public void Approval_AllowsNothingButWhatWasNamedWhileItWasOpenAndInTime() =>
        Prop.ForAll(Histories, history => Walk(history).All(step =>
            !Subjects.Any(subject => step.After?.Allows(subject) == true && step.Before?.Allows(subject) != true)
            || (step.Happened is ApprovalEvent.Answer { Given.Word: ApprovalWord.Approved } answer
                && step.Before is { IsOpen: true } open && open.Subject == answer.Subject && step.Now < open.Until))).Check(Many);

    [Fact]
    public void AnyEventTwice_EqualsOnce() =>
        Prop.ForAll(Histories, Arb.From(Events), (history, last) =>
        {
            var once = Next(Walk(history).LastOrDefault().After, last.Event, Start.AddMinutes(20));
            return Next(once, last.Event, Start.AddMinutes(20)) == once;
        }).Check(Many);

    [Fact]
    public void TimeAlone_EndsEveryOpenQuestionWithNo() =>
        Prop.ForAll(Histories, history =>
        {
            var state = Walk(history).LastOrDefault().After;
            var later = Next(state, new ApprovalEvent.Tick(), Start.AddDays(1));
            return state is not { IsOpen: true } ? later == state : later!.IsRefusal && later.Answer!.Word == ApprovalWord.Expired && later.Answer.By is null;
        }).Check(Many);

    private static List<(Approval? Before, ApprovalEvent Happened, Approval? After, DateTimeOffset Now)> Walk(
        IEnumerable<(ApprovalEvent Event, int Minute)> history)
    {
        var steps = new List<(Approval? Before, ApprovalEvent Happened, Approval? After, DateTimeOffset Now)>();
        Approval? state = null;
        foreach (var (happened, minute) in history)
        {
            var after = Next(state, happened, Start.AddMinutes(minute));
            steps.Add((state, happened, after, Start.AddMinutes(minute)));
            state = after;
        }

        return steps;
    }

    private static Approval? Next(Approval? state, ApprovalEvent happened, DateTimeOffset now) =>
        ApprovalLifecycle.Next(state, happened, now) is ApprovalTransition.Moved moved ? moved.State : state;

    private static ApprovalEvent Ask(Digest subject, int minute) => new ApprovalEvent.Ask(
        new Approval(ApprovalGate.BeforeRelease, 1, subject, "policy", "rule", Start.AddMinutes(minute), Start.AddMinutes(minute + 5)));

    private static ApprovalEvent Answer(Digest subject, ApprovalWord word, int minute) =>
        new ApprovalEvent.Answer(subject, new ApprovalAnswer(word, Start.AddMinutes(minute), "maria"));
}
