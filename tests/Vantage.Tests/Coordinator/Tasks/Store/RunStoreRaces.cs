using System.Diagnostics;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;

namespace Vantage.Tests.Coordinator.Tasks.Store;

/// <summary>Many at once: exactly one wins, and the answers fit some order in which they came one after the other.</summary>
public abstract class RunStoreRaces(StoreWorld world) : StoreSuite(world)
{
    private const int Races = 1_000;
    private const int Histories = 150;

    [Fact]
    public async Task ACancelRacingACommit_HasOneOutcome_AThousandTimes()
    {
        var collaboration = await World.CollaborationAsync();
        var asker = await World.AskerAsync(collaboration);
        var nodes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => World.NodeAsync(collaboration)));
        var races = await Task.WhenAll(nodes.Select(node => RaceAsync(asker, collaboration, node, Races / nodes.Length)));

        var cancelled = races.Sum();
        Assert.InRange(cancelled, 0, Races);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Races} races: {cancelled} cancelled, {Races - cancelled} committed");
    }

    [Fact]
    public async Task ManyClaimers_OnTheSameRuns_GetEachEpochOnce()
    {
        var (task, nodes) = await SharedAsync(12);

        for (var round = 1; round <= 5; round++)
        {
            var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
                (Node: nodes[i % 2], Runs: await World.Store.ClaimAsync(new ClaimBid(nodes[i % 2], 1 + (i % 3)), World.Cancelled)))));

            var owned = claims.SelectMany(claim => claim.Runs.Select(run => (run.Run, run.Epoch, claim.Node.Node))).ToList();
            Assert.Equal(task.Manifest.Targets.Count, owned.Count);
            Assert.Equal(owned.Count, owned.Select(run => run.Run).Distinct().Count());
            var seen = (await World.SeeAsync(task)).Runs.ToDictionary(run => run.Id);
            Assert.All(owned, run => Assert.Equal((run.Epoch, run.Node), (seen[run.Run].State.Epoch, seen[run.Run].Holder!.Value)));

            // Neither node knows of any: all of them are offered again, under the next epoch.
            await Task.WhenAll(nodes.Select(node => World.ReconcileAsync(node, [])));
        }
    }

    [Fact]
    public async Task SmallHistories_AreLinearizable()
    {
        for (var seed = 1; seed <= Histories; seed++)
        {
            var (task, nodes) = await SharedAsync(1);
            var calls = new List<Call<ModelRun>>();
            foreach (var wave in Waves(new Random(seed), task, nodes))
            {
                calls.AddRange(await Task.WhenAll(wave.Select(call => Task.Run(call))));
            }

            Assert.True(Linearizability.Holds(new ModelRun(RunState.New(task.Manifest.NotAfter), null, null), calls),
                $"seed {seed}: no order explains {string.Join("; ", calls.Select(call => $"[{call.Made}–{call.Answered}] {call.Name}"))}");
        }
    }

    private async Task<int> RaceAsync(Asker asker, Vantage.Protocol.Ids.CollaborationId collaboration, WorkingNode node, int times)
    {
        var cancelled = 0;
        for (var i = 0; i < times; i++)
        {
            var task = await World.SubmitAsync(asker, collaboration, node);
            var run = Assert.Single(await World.ClaimAsync(node));
            var commit = Task.Run(() => World.CommitAsync(node, run));
            var cancel = Task.Run(() => World.Store.CancelAsync(task.Key, "usr_test", World.Cancelled));
            await Task.WhenAll(commit, cancel);

            var ended = (await World.SeeRunAsync(task)).State;
            var again = await World.CommitAsync(node, run);
            var (expected, settled, repeated) = (await commit).Outcome == CommitOutcome.Committed
                ? (RunOutcome.Succeeded, TaskOutcome.Succeeded, CommitOutcome.AlreadyCommitted)
                : (RunOutcome.Cancelled, TaskOutcome.Cancelled, CommitOutcome.Superseded);
            Assert.Equal((expected, settled, repeated), (ended.Outcome!.Value, (await cancel)!.Outcome, again.Outcome));
            Assert.Equal((await commit).Ended, again.Ended);
            cancelled += ended.Outcome == RunOutcome.Cancelled ? 1 : 0;
        }

        return cancelled;
    }

    /// <summary>Runs that were handed out before, so that the node they name and its stand-in may claim them alike.</summary>
    private async Task<(NewTask Task, WorkingNode[] Nodes)> SharedAsync(int runs)
    {
        var collaboration = await World.CollaborationAsync();
        var node = await World.NodeAsync(collaboration);
        var sister = await World.SisterAsync(node);
        var task = World.TaskFor(await World.AskerAsync(collaboration), collaboration, Enumerable.Repeat(node, runs), LostNodePolicy.Retry, alternate: sister);
        await World.CreateAsync(task);
        foreach (var target in task.Manifest.Targets)
        {
            await World.PutAsync(target.Run, new RunState(RunPhase.Queued, 1, task.Manifest.NotAfter), null);
        }

        await World.BeatAsync(node);
        await World.BeatAsync(sister);
        return (task, [node, sister]);
    }

    private IEnumerable<IEnumerable<Func<Task<Call<ModelRun>>>>> Waves(Random random, NewTask task, WorkingNode[] nodes)
    {
        for (var wave = 0; wave < 3; wave++)
        {
            yield return [.. Enumerable.Range(0, 4).Select(_ => Random(random.Next(9), 1 + random.Next(3), task, nodes[random.Next(2)]))];
        }
    }

    private Func<Task<Call<ModelRun>>> Random(int kind, long epoch, NewTask task, WorkingNode node) => kind switch
    {
        <= 3 => () => TimedAsync(() => World.Store.ClaimAsync(new ClaimBid(node, 1), World.Cancelled),
            owned => ($"{node.Node} claims: {(owned.Count == 0 ? "nothing" : owned[0].Epoch)}", run => run.Claim(node, owned))),
        <= 5 => () => TimedAsync(() => World.Store.CommitAsync(ModelRun.CommitOf(task, node, epoch), World.Cancelled),
            answer => ($"{node.Node} commits {epoch}: {answer.Outcome}", run => run.Commit(ModelRun.CommitOf(task, node, epoch), answer, World.Now))),
        <= 7 => () => TimedAsync(() => World.ReconcileAsync(node, []),
            answer => ($"{node.Node} has nothing: {answer.Again.Count} again", run => run.Missing(node, answer.Again.Count == 1, World.Now))),
        _ => () => TimedAsync(() => World.Store.CancelAsync(task.Key, "usr_test", World.Cancelled),
            answer => ($"cancel: {answer!.Outcome}", run => run.Cancel(answer.Outcome, World.Now))),
    };

    private static async Task<Call<ModelRun>> TimedAsync<T>(Func<Task<T>> ask, Func<T, (string, Func<ModelRun, ModelRun?>)> explain)
    {
        var made = Stopwatch.GetTimestamp();
        var answer = await ask();
        var answered = Stopwatch.GetTimestamp();
        var (name, next) = explain(answer);
        return new Call<ModelRun>(name, made, answered, next);
    }
}
