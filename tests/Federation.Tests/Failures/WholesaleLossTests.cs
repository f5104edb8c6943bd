using System.Diagnostics;
using Federation.Tests.Failures.Questions;
using Federation.Tests.Worlds;
using Vantage.Protocol.Lifecycles;

namespace Federation.Tests.Failures;

/// <summary>Several programs at once, and the one that the Coordinator stands on.</summary>
[Collection(nameof(SmallerFederation))]
public sealed class WholesaleLossTests(SmallerFederation federation) : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private World World => federation.World;

    public async ValueTask InitializeAsync() => await federation.MendAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Everything_KilledAtOnceMidway_EndsWithOneResultEach()
    {
        var question = await federation.Asker.AskAsync(QuestionKind.Small, held: true);
        await federation.Asker.RunningAsync(question);
        Process.GetProcessById(World.Postmaster()!.Value).Kill();
        World.Coordinator.Kill();
        foreach (var site in World.Sites)
        {
            await site.Process!.KillAloneAsync(Stop);
        }

        await World.StartCoordinatorAsync();
        foreach (var site in World.Sites)
        {
            World.LaunchNode(site);
        }

        question.Release();
        await federation.Asker.VerifyAsync(question);
        Assert.All(question.Executions.Values, times => Assert.Equal(2, times));
    }

    [Fact]
    public async Task Database_KilledUnderTheCoordinator_ComesBackAndNothingIsLost()
    {
        var question = await federation.Asker.AskAsync(QuestionKind.Small, held: true);
        await federation.Asker.RunningAsync(question);
        var before = World.Postmaster()!.Value;

        Process.GetProcessById(before).Kill();
        question.Release();
        await federation.Asker.VerifyAsync(question);
        var next = await federation.Asker.AskAsync(QuestionKind.Small);
        await federation.Asker.VerifyAsync(next);

        Assert.NotEqual(before, World.Postmaster());
        Assert.False(World.Coordinator.HasExited);
        Assert.All(question.Executions.Values.Concat(next.Executions.Values), times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Cancelling_RacingTheEnd_HasOneOutcomeThatStays()
    {
        for (var race = 0; race < 10; race++)
        {
            var question = await federation.Asker.AskAsync(QuestionKind.Small, held: true);
            await federation.Asker.RunningAsync(question);

            question.Release();
            await Task.Delay(TimeSpan.FromMilliseconds(40 * race), Stop);
            await federation.Asker.CancelAsync(question);

            var settled = await federation.Asker.SettledAsync(question);
            Assert.All(settled.Runs, run => Assert.True(run.Outcome is RunOutcome.Succeeded or RunOutcome.Cancelled));
            await federation.Asker.VerifyAsync(question with { Kind = QuestionKind.Raced });
            Assert.Equal(settled.Runs.Select(run => run.Outcome), (await federation.Asker.SettledAsync(question)).Runs.Select(run => run.Outcome));
        }
    }
}
