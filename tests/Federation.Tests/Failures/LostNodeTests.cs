using System.Diagnostics;
using Federation.Tests.Failures.Questions;
using Federation.Tests.Worlds;
using Vantage.Protocol.Api;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Federation.Tests.Failures;

/// <summary>Nodes that vanish or freeze in the middle of a run, under each of the policies that a task can declare.</summary>
[Collection(nameof(FailingFederation))]
public sealed class LostNodeTests(FailingFederation federation, ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>As <see cref="World"/> sets it.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private World World => federation.World;

    private Asker Asker => federation.Asker;

    public async ValueTask InitializeAsync() => await federation.MendAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Node_KilledForGood_ItsRunsEndAsTheirPolicySays()
    {
        var (north, south, east) = (World.Sites[0], World.Sites[1], World.Sites[2]);
        var spare = await federation.SpareAsync();

        await Task.WhenAll(
            Promptly.WithinAsync(2 * Lease, () => UnderRetryAsync(north, spare)),
            Promptly.WithinAsync(2 * Lease, () => UnderFailAsync(south)),
            Promptly.WithinAsync(TimeSpan.FromSeconds(5), () => UnderWaitAsync(east)));
    }

    [Fact]
    public async Task Node_FrozenPastItsLease_CommitsOnlyWhatItStillOwns()
    {
        var (north, south) = (World.Sites[0], World.Sites[1]);
        var spare = await federation.SpareAsync();

        await Task.WhenAll(FrozenUnderRetryAsync(north, spare), FrozenUnderWaitAsync(south));
    }

    /// <summary>How long it took until the run went to the other node.</summary>
    private async Task<TimeSpan> UnderRetryAsync(Site north, Site spare)
    {
        var question = await Asker.AskAsync(QuestionKind.Small, LostNodePolicy.Retry, held: true, sites: [north, spare]);
        var holder = HolderOf(await Asker.RunningAsync(question), north, spare);

        holder.Process!.Kill();
        var took = await MovesAsync("retry", question, run => run is { Epoch: 2, Phase: not RunPhase.Queued });
        question.Release();

        await Asker.VerifyAsync(question);
        Assert.All(question.Executions.Values, times => Assert.Equal(1, times));
        await World.StartNodeAsync(holder);
        return took;
    }

    /// <summary>How long it took until the run was given up.</summary>
    private async Task<TimeSpan> UnderFailAsync(Site south)
    {
        var question = await Asker.AskAsync(QuestionKind.Small, LostNodePolicy.Fail, held: true, sites: south);
        await Asker.RunningAsync(question);

        south.Process!.Kill();
        var took = await MovesAsync("fail", question, run => run.Outcome == RunOutcome.Lost);
        await World.StartNodeAsync(south);
        return took;
    }

    /// <summary>How long the task outlived its end.</summary>
    private async Task<TimeSpan> UnderWaitAsync(Site east)
    {
        var question = await RunsLongBeforeItsEndAsync(east);

        east.Process!.Kill();
        var waiting = await Asker.WaitsAsync(question, WaitingReason.NodeOffline);
        Assert.NotNull(waiting.Runs[0].WaitingSince);
        var settled = await Asker.SettledAsync(question);

        Assert.Equal(RunOutcome.Expired, settled.Runs[0].Outcome);
        await World.StartNodeAsync(east);
        var late = settled.SettledAt!.Value - settled.NotAfter;
        Assert.True(late >= TimeSpan.Zero, $"It settled {-late} before its end.");
        return late;
    }

    /// <summary>It runs, and its end comes no earlier than its node can be missed: on a slow machine that takes a later end.</summary>
    private async Task<Question> RunsLongBeforeItsEndAsync(Site site)
    {
        for (var lasting = 3 * Lease; ; lasting *= 2)
        {
            var question = await Asker.AskAsync(QuestionKind.Small, LostNodePolicy.Wait, lasting, held: true, sites: site);
            var view = await Asker.UntilAsync(question, view => view.Outcome is not null || view.Runs[0].Phase == RunPhase.Running);
            if (view.Outcome is null && view.NotAfter - TimeProvider.System.GetUtcNow() > 2 * Lease)
            {
                return question;
            }

            question.Release();
        }
    }

    /// <summary>It froze with a finished result in its hands; meanwhile the run went to the other node.</summary>
    private async Task FrozenUnderRetryAsync(Site north, Site spare)
    {
        // Whichever is asked first freezes itself just before it commits.
        foreach (var site in new[] { north, spare })
        {
            await site.Process!.DisposeAsync();
            await World.ReadyAsync(World.LaunchNode(site, "commit.built:pause"));
        }

        var question = await Asker.AskAsync(QuestionKind.Small, LostNodePolicy.Retry, sites: [north, spare]);
        var first = HolderOf(await Asker.UntilAsync(question, view => view.Runs[0].Epoch == 1), north, spare);
        var second = first == north ? spare : north;
        await first.Process!.LineAsync(line => line.StartsWith("failpoint commit.built", StringComparison.Ordinal), Stop);
        await second.Process!.DisposeAsync();
        await World.StartNodeAsync(second);
        await Asker.VerifyAsync(question);
        await first.Process.ThawAsync(Stop);
        await first.Process.LineAsync(line => line.Contains("Superseded", StringComparison.Ordinal), Stop);

        var run = Assert.Single((await Asker.SettledAsync(question)).Runs);
        Assert.Equal((second.Node, 2), (run.Node.ToString(), run.Epoch));
        await Asker.VerifyAsync(question);
    }

    private async Task FrozenUnderWaitAsync(Site south)
    {
        await south.Process!.DisposeAsync();
        var frozen = World.LaunchNode(south, "commit.built:pause");
        await World.ReadyAsync(frozen);
        var question = await Asker.AskAsync(QuestionKind.Small, LostNodePolicy.Wait, sites: south);
        await frozen.LineAsync(line => line.StartsWith("failpoint commit.built", StringComparison.Ordinal), Stop);
        await Asker.WaitsAsync(question, WaitingReason.NodeOffline);

        await frozen.ThawAsync(Stop);
        await Asker.VerifyAsync(question);

        Assert.Equal(1, (await Asker.SettledAsync(question)).Runs[0].Epoch);
        Assert.Equal(1, question.Executions.Values.Single());
    }

    private async Task<TimeSpan> MovesAsync(string policy, Question question, Func<RunView, bool> moved)
    {
        var began = Stopwatch.GetTimestamp();
        await Asker.UntilAsync(question, view => moved(view.Runs[0]));
        var took = Stopwatch.GetElapsedTime(began);
        output.WriteLine($"{policy}: {took.TotalSeconds:0.0} s after the node's death");
        return took;
    }

    private static Site HolderOf(TaskView view, params Site[] nodes) => nodes.Single(node => node.Node == view.Runs[0].Node.ToString());
}
