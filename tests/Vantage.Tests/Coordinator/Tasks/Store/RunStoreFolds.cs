using Vantage.Protocol.Lifecycles;
using Vantage.Tests.Protocol.Lifecycles;

namespace Vantage.Tests.Coordinator.Tasks.Store;

public abstract class RunStoreFolds(StoreWorld world) : StoreSuite(world)
{
    [Fact]
    public async Task EveryMixOfOutcomes_SettlesATaskAsTheTableFoldsIt()
    {
        var collaboration = await World.CollaborationAsync();
        var asker = await World.AskerAsync(collaboration);
        var nodes = new List<Vantage.Coordinator.Tasks.Store.WorkingNode>();
        for (var i = 0; i < RunHistories.Outcomes.Length; i++)
        {
            nodes.Add(await World.NodeAsync(collaboration));
        }

        for (var mix = 1; mix < 1 << RunHistories.Outcomes.Length; mix++)
        {
            var outcomes = RunHistories.Outcomes.Where((_, i) => (mix & (1 << i)) != 0).ToList();
            var task = World.TaskFor(asker, collaboration, nodes.Take(outcomes.Count));
            await World.CreateAsync(task);
            foreach (var (target, outcome) in task.Manifest.Targets.Zip(outcomes))
            {
                await World.PutAsync(target.Run, new RunState(RunPhase.Ended, 1, task.Manifest.NotAfter, outcome), target.Node);
            }

            Assert.Equal(
                TaskLifecycle.Fold([.. outcomes.Select(o => new RunState(RunPhase.Ended, 1, task.Manifest.NotAfter, o))]),
                (await World.SeeAsync(task)).Outcome);
        }
    }
}
