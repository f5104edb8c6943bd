using System.Diagnostics;
using Federation.Tests.Failures.Points;
using Federation.Tests.Failures.Questions;
using Federation.Tests.Processes;
using Federation.Tests.Worlds;

namespace Federation.Tests.Failures;

/// <summary>
/// Each life of the Coordinator mends what the one before left, and then dies itself: in reverse order of the steps, so that
/// what is mended lies beyond the next failpoint. Only the last life goes on.
/// </summary>
[Collection(nameof(SmallerFederation))]
public sealed class CoordinatorFailpointTests(SmallerFederation federation, ITestOutputHelper output) : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private World World => federation.World;

    public async ValueTask InitializeAsync() => await federation.MendAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Coordinator_KilledAtEachOfItsFailpoints_CommitsEachRunOnceAndLosesNone()
    {
        var asked = new List<Task<Question>>();
        await World.Coordinator.DisposeAsync();

        foreach (var point in CoordinatorFailpoints.All.Reverse().Where(point => point.Kind != QuestionKind.Enrolling))
        {
            var began = Stopwatch.GetTimestamp();
            var armed = World.LaunchCoordinator(point.Arming);
            if (point.Kind != QuestionKind.None && await OutlivesAsync(armed, asked))
            {
                asked.Add(federation.Asker.PoseAsync(point.Kind, Asked(point.Kind)));
            }

            await FailingFederation.DiedAsync(armed, point, Stop);
            output.WriteLine($"{point}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        }

        await World.StartCoordinatorAsync();
        foreach (var question in await Task.WhenAll(asked))
        {
            await federation.Asker.VerifyAsync(question);
            Assert.All(question.Executions, site => Assert.True(site.Value >= question.FewestExecutions && site.Value <= 1, $"{question.Kind} {question.Task.Id} was run {site.Value} times at {site.Key}"));
        }

        await federation.AssertCleanAsync();
    }

    /// <summary>One site, where it makes no difference how many.</summary>
    private Site[] Asked(QuestionKind kind) => kind == QuestionKind.Aged ? [World.Site] : [];

    /// <summary>Whether it lived until it was ready and everything asked before had settled.</summary>
    private async Task<bool> OutlivesAsync(ChildProcess coordinator, List<Task<Question>> asked)
    {
        var settled = SettledAsync(coordinator, asked);
        await Task.WhenAny(settled, coordinator.ExitAsync(Stop));
        if (coordinator.HasExited)
        {
            // It died mending, which is as good as dying of a question of its own. The next life is waited for anew.
            _ = settled.ContinueWith(late => late.Exception, TaskScheduler.Default);
            return false;
        }

        await settled;
        return true;
    }

    private async Task SettledAsync(ChildProcess coordinator, List<Task<Question>> asked)
    {
        await World.ReadyAsync(coordinator);
        foreach (var question in await Task.WhenAll(asked))
        {
            await federation.Asker.SettledAsync(question);
        }
    }
}
