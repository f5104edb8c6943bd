using FsCheck;
using FsCheck.Fluent;
using Vantage.Protocol.Lifecycles;
using static Vantage.Protocol.Lifecycles.RunOutcome;

namespace Vantage.Tests.Protocol.Lifecycles;

public sealed class TaskLifecycleTests
{
    [Theory]
    [InlineData(TaskOutcome.Succeeded, Succeeded, Succeeded)]
    [InlineData(TaskOutcome.Partial, Succeeded, Failed)]
    [InlineData(TaskOutcome.Partial, Succeeded, Cancelled, Refused)]
    [InlineData(TaskOutcome.Failed, Failed, Refused, Cancelled, Expired)]
    [InlineData(TaskOutcome.Failed, Lost)]
    [InlineData(TaskOutcome.Cancelled, Cancelled, Refused, Expired)]
    [InlineData(TaskOutcome.Expired, Expired, Refused)]
    [InlineData(TaskOutcome.Refused, Refused, Refused)]
    public void ATaskIsTheFoldOfItsRuns(TaskOutcome expected, params RunOutcome[] runs) =>
        Assert.Equal(expected, TaskLifecycle.Fold([.. runs.Select(Ended)]));

    [Fact]
    public void OneUnfinishedRun_KeepsTheTaskOpen()
    {
        foreach (var phase in RunHistories.Phases.Where(phase => phase != RunPhase.Ended))
        {
            Assert.Null(TaskLifecycle.Fold([Ended(Succeeded), new RunState(phase, 1, RunHistories.NotAfter)]));
        }
    }

    [Fact]
    public void TheOrderAndNumberOfEqualEnds_DoNotMatter() =>
        Prop.ForAll<RunOutcome[]>(outcomes =>
        {
            var known = outcomes.Where(Enum.IsDefined).Append(Refused).ToList();
            var fold = TaskLifecycle.Fold([.. known.Select(Ended)]);
            return fold == TaskLifecycle.Fold([.. known.AsEnumerable().Reverse().Select(Ended)])
                && fold == TaskLifecycle.Fold([.. known.Concat(known).Select(Ended)]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void ATaskWithoutRuns_IsAMistake() =>
        Assert.Throws<ArgumentException>(() => TaskLifecycle.Fold([]));

    private static RunState Ended(RunOutcome outcome) => new(RunPhase.Ended, 1, RunHistories.NotAfter, outcome);
}
