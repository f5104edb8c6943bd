using FsCheck;
using FsCheck.Fluent;
using Vantage.Protocol.Lifecycles;
using static Vantage.Tests.Protocol.Lifecycles.RunHistories;

namespace Vantage.Tests.Protocol.Lifecycles;

public sealed class RunLifecycleTests
{
    private static readonly DateTimeOffset InTime = NotAfter.AddTicks(-1);

    [Fact]
    public void EveryPairHasARow()
    {
        foreach (var (run, happened, now) in Everything())
        {
            Assert.NotNull(RunLifecycle.Next(run, happened, now));
        }
    }

    [Fact]
    public void NothingLeavesATerminalPhase()
    {
        foreach (var (run, happened, now) in Everything().Where(row => row.Run.HasEnded))
        {
            Assert.IsNotType<RunTransition.Moved>(RunLifecycle.Next(run, happened, now));
        }
    }

    [Fact]
    public void AnOutcomeIsThereExactlyWhenTheRunHasEnded()
    {
        foreach (var (run, happened, now) in Everything())
        {
            var next = After(run, happened, now);
            Assert.Equal(next.HasEnded, next.Outcome is not null);
            Assert.True(Enum.IsDefined(next.Phase) && (next.Outcome is not { } outcome || Enum.IsDefined(outcome)));
        }
    }

    [Fact]
    public void TimeAloneEndsEveryOtherPhase()
    {
        foreach (var run in States.Where(run => !run.HasEnded))
        {
            var next = After(run, new RunEvent.Tick(), NotAfter);
            Assert.Equal(RunOutcome.Expired, next.Outcome);
        }
    }

    [Fact]
    public void PastNotAfter_OnlyTimeAndCancellingMoveARun()
    {
        foreach (var (run, happened, _) in Everything().Where(row => row.Event is not (RunEvent.Tick or RunEvent.Cancel)))
        {
            Assert.IsNotType<RunTransition.Moved>(RunLifecycle.Next(run, happened, NotAfter));
        }
    }

    [Fact]
    public void AnyEventTwice_EqualsOnce()
    {
        foreach (var (run, happened, now) in Everything())
        {
            var once = After(run, happened, now);
            Assert.Equal(once, After(once, happened, now));
        }
    }

    [Fact]
    public void CancelWinsOrIsTooLate_ButIsNeverLost()
    {
        foreach (var run in States)
        {
            var next = After(run, new RunEvent.Cancel(), InTime);
            Assert.Equal(run.HasEnded ? run.Outcome : RunOutcome.Cancelled, next.Outcome);
        }
    }

    [Fact]
    public void AnotherEpochThanTheRunsOwn_ChangesNothing()
    {
        foreach (var (run, happened, now) in Everything().Where(row => EpochOf(row.Event) is { } e && e != row.Run.Epoch))
        {
            var refused = Assert.IsType<RunTransition.Refused>(RunLifecycle.Next(run, happened, now));
            Assert.True(run.HasEnded || now >= NotAfter || refused.Reason == RunRefusal.StaleEpoch);
        }
    }

    [Fact]
    public void ANodeCanNeitherExpireNorLoseARun_NorInventAnOutcome()
    {
        foreach (var outcome in new[] { RunOutcome.Expired, RunOutcome.Lost, (RunOutcome)99 })
        {
            var running = new RunState(RunPhase.Running, 1, NotAfter);
            var refused = Assert.IsType<RunTransition.Refused>(
                RunLifecycle.Next(running, new RunEvent.Commit(1, outcome), InTime));
            Assert.Equal(RunRefusal.NotANodesOutcome, refused.Reason);
        }
    }

    [Theory]
    [InlineData(RunPhase.Sealing)]
    [InlineData(RunPhase.Uploading)]
    public void ARunWhoseResultMayLieSealedAtItsNode_IsNotOfferedAgain(RunPhase phase)
    {
        var next = RunLifecycle.Next(new RunState(phase, 1, NotAfter), new RunEvent.OfferAgain(1), InTime);

        Assert.Equal(new RunTransition.Refused(RunRefusal.OutOfOrder), next);
    }

    [Fact]
    public void InAnyHistory_EpochsNeverFall_ClaimsAloneRaiseThem_AndOneEndIsFinal() =>
        Prop.ForAll(RunHistories.Any, history =>
        {
            var run = RunState.New(NotAfter);
            foreach (var (happened, at) in history)
            {
                var next = After(run, happened, at);
                Assert.Equal(happened is RunEvent.Claim && next != run ? run.Epoch + 1 : run.Epoch, next.Epoch);
                Assert.True(!run.HasEnded || next == run);
                Assert.True(next.Phase >= run.Phase || (next.Phase == RunPhase.Queued && happened is RunEvent.OfferAgain));
                run = next;
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void InAnyHistory_AtMostOneCommitMovesARun() =>
        Prop.ForAll(RunHistories.Any, history =>
        {
            var commits = 0;
            history.Aggregate(RunState.New(NotAfter), (run, step) =>
            {
                var next = After(run, step.Event, step.At);
                commits += step.Event is RunEvent.Commit && next != run ? 1 : 0;
                return next;
            });
            return commits <= 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyHistory_EndsOnceTheClockIsLookedAtPastNotAfter() =>
        Prop.ForAll(RunHistories.Any, history => After(Replay(history), new RunEvent.Tick(), NotAfter).HasEnded)
            .QuickCheckThrowOnFailure();

    private static IEnumerable<(RunState Run, RunEvent Event, DateTimeOffset Now)> Everything() =>
        from run in States
        from happened in Events(run.Epoch)
        from now in new[] { Start, InTime, NotAfter, NotAfter.AddDays(1) }
        select (run, happened, now);

    private static long? EpochOf(RunEvent happened) => happened switch
    {
        RunEvent.Report r => r.Epoch,
        RunEvent.Commit c => c.Epoch,
        RunEvent.OfferAgain o => o.Epoch,
        RunEvent.Lose l => l.Epoch,
        _ => null,
    };
}
