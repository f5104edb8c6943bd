using Vantage.Coordinator.Tasks.Store;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Protocol.Lifecycles;

namespace Vantage.Tests.Coordinator.Tasks.Store;

/// <summary>Every phase × event × relation of epochs × side of notAfter: the store does what the run table says.</summary>
public abstract class RunStoreTable(StoreWorld world) : StoreSuite(world)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(30);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TheStoreAndTheTable_AcceptTheSamePairs(bool inTime)
    {
        var lanes = new Dictionary<LostNodePolicy, (NewTask Task, WorkingNode Node)>();
        var collaboration = await World.CollaborationAsync();
        var asker = await World.AskerAsync(collaboration);
        foreach (var policy in Enum.GetValues<LostNodePolicy>())
        {
            var node = await World.NodeAsync(collaboration);
            lanes[policy] = (await World.SubmitAsync(asker, collaboration, node, policy), node);
            await World.BeatAsync(node);
        }

        var differing = new List<string>();
        foreach (var state in RunHistories.States.Where(state => state.Epoch < 2))
        {
            foreach (var happened in Events(state.Epoch, inTime))
            {
                var before = state with { NotAfter = World.Now + (inTime ? Ahead : -Ahead) };
                var expected = RunHistories.After(before, happened, World.Now);
                var (task, node) = lanes[PolicyFor(happened)];
                var after = await HappenAsync(task, node, before, happened);
                if ((after.Phase, after.Epoch, after.Outcome) != (expected.Phase, expected.Epoch, expected.Outcome))
                {
                    differing.Add($"{before} {happened}: the table says {expected}, the store {after}");
                }
            }
        }

        Assert.Empty(differing);
    }

    /// <summary>
    /// What the world can do to a store. Lapses are the store's own finding, so they name the run's own epoch, and a run
    /// past its notAfter has expired before.
    /// </summary>
    private static IEnumerable<RunEvent> Events(long epoch, bool inTime) => RunHistories.Events(epoch).Where(happened =>
        happened is not (RunEvent.OfferAgain or RunEvent.Lose) || (inTime && EpochOf(happened) == epoch));

    private static long EpochOf(RunEvent happened) =>
        happened is RunEvent.OfferAgain again ? again.Epoch : ((RunEvent.Lose)happened).Epoch;

    private static LostNodePolicy PolicyFor(RunEvent happened) => happened switch
    {
        RunEvent.OfferAgain => LostNodePolicy.Retry,
        RunEvent.Lose => LostNodePolicy.Fail,
        _ => LostNodePolicy.Wait,
    };

    private async Task<RunState> HappenAsync(NewTask task, WorkingNode node, RunState before, RunEvent happened)
    {
        var run = task.Manifest.Targets[0].Run;
        await World.PutAsync(run, before, before.Phase == RunPhase.Queued || before.Epoch == 0 ? null : node.Node);
        await ApplyAsync(task, node, run, happened);
        var after = (await World.SeeRunAsync(task)).State;
        await World.PutAsync(run, before with { Phase = RunPhase.Ended, Outcome = RunOutcome.Cancelled }, null);
        return after;
    }

    private async Task ApplyAsync(NewTask task, WorkingNode node, RunId run, RunEvent happened)
    {
        switch (happened)
        {
            case RunEvent.Claim:
                await World.Store.ClaimAsync(new ClaimBid(node, 100), World.Cancelled);
                break;
            case RunEvent.Report r:
                await World.BeatAsync(node, new RunReport(run, r.Epoch, r.Phase));
                break;
            case RunEvent.Commit c:
                await World.Store.CommitAsync(
                    new RunCommit(node, run, task.Key, c.Epoch, c.Outcome, "code", $"receipt {run} {c}", []), World.Cancelled);
                break;
            case RunEvent.Cancel:
                await World.Store.CancelAsync(task.Key, "usr_test", World.Cancelled);
                break;
            case RunEvent.Tick:
                await World.Store.SweepAsync(World.Cancelled);
                break;
            default:
                await World.LapseOnlyAsync(node);
                await World.BeatAsync(node);
                break;
        }
    }
}
