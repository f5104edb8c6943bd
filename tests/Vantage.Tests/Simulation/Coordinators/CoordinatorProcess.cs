using Microsoft.Extensions.Logging.Abstractions;
using Vantage.Coordinator.Audit.Reading;
using Vantage.Coordinator.Realtime.Nodes;
using Vantage.Coordinator.Realtime.Waking;
using Vantage.Coordinator.Tasks.Sweeping;
using Vantage.Protocol.Audits.Heads;
using Vantage.Protocol.Ids;
using Vantage.Tests.Simulation.Net;
using Vantage.Tests.Simulation.Time;

namespace Vantage.Tests.Simulation.Coordinators;

/// <summary>
/// One life of the Coordinator: the real desk and sweeper over the store, which outlives it. A crash between a request and
/// its answer leaves the one done and the other lost.
/// </summary>
internal sealed class CoordinatorProcess : Incarnation
{
    private readonly World world;
    private readonly NodeDesk desk;
    private readonly Func<Task> sweep;
    private readonly List<Line> lines = [];

    public CoordinatorProcess(World world)
        : base(world.Scheduler)
    {
        this.world = world;
        var clock = new ProcessClock(world.Scheduler, this, () => TimeSpan.Zero);
        Wakeups = new SimWakeups(this);
        desk = new NodeDesk(world.Store, new SimCommits(world, Wakeups), Wakeups, new NoHeads(), world.Settings, clock);
        var sweeper = new Sweeper(world.Store, Wakeups, world.Settings, clock, NullLogger<Sweeper>.Instance);
        sweep = () => sweeper.StepAsync(CancellationToken.None);
        After(world.Settings.SweepEvery, Sweep);
    }

    public IWakeups Wakeups { get; }

    /// <summary>The audit trail is PostgreSQL's; here there is none to show.</summary>
    private sealed class NoHeads : IHeadBook
    {
        public Task<HeadOffer?> OfferAsync(long held, CancellationToken cancellationToken) => Task.FromResult<HeadOffer?>(null);
    }

    public IEnumerable<Line> LinesOf(NodeId node) => lines.Where(line => line.Node.Id == node);

    public void Add(Line line) => lines.Add(line);

    public void Forget(Line line) => lines.Remove(line);

    /// <param name="line">Where it came from.</param>
    /// <param name="what">For the trace.</param>
    /// <param name="call">What is asked.</param>
    /// <param name="answer">Takes the reply; null for a refusal or a broken database connection.</param>
    public void Serve<T>(Line line, string what, Func<NodeDesk, Task<T>> call, Action<T?> answer)
    {
        After(world.Delay(), () =>
        {
            T? reply = default;
            var unsure = world.Chance(world.Weather.Unsure);
            if (!unsure || world.Chance(0.5))
            {
                world.Trace.Say($"{line.Node.Name} → coordinator: {what}");
                reply = Now(call(desk));
            }

            if (unsure)
            {
                world.Trace.Say($"the database broke off at {line.Node.Name}'s {what}: {(reply is null ? "not done" : "done")}");
                reply = default;
            }

            After(world.Delay(), () => answer(reply));
        });
    }

    public override void Die()
    {
        base.Die();
        lines.ToList().ForEach(line => line.Kill(tell: true));
        lines.Clear();
    }

    /// <summary>Over a store in memory nothing ever waits.</summary>
    internal static T Now<T>(Task<T> done) =>
        done.IsCompleted ? done.GetAwaiter().GetResult() : throw new InvalidOperationException("The Coordinator waited for something.");

    internal static void Now(Task done)
    {
        if (!done.IsCompleted)
        {
            throw new InvalidOperationException("Something waited that never does over a store and a disk in memory.");
        }

        done.GetAwaiter().GetResult();
    }

    private void Sweep()
    {
        Now(sweep());
        After(world.Settings.SweepEvery, Sweep);
    }
}
