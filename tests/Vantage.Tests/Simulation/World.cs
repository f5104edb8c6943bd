using Vantage.Coordinator.Tasks;
using Vantage.Coordinator.Tasks.Store;
using Vantage.Coordinator.Tasks.Store.Memory;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Protocol.Lifecycles;
using Vantage.Protocol.Manifests;
using Vantage.Tests.Simulation.Coordinators;
using Vantage.Tests.Simulation.Histories;
using Vantage.Tests.Simulation.Laws;
using Vantage.Tests.Simulation.Net;
using Vantage.Tests.Simulation.Nodes;
using Vantage.Tests.Simulation.Time;

namespace Vantage.Tests.Simulation;

/// <summary>A federation in which one history takes place.</summary>
internal sealed class World
{
    private static readonly EncryptionKey Anybody = EncryptionKey.Create();

    private readonly Dictionary<RunId, (string Name, NewTask Task)> runs = [];
    private readonly Dictionary<TaskId, NewTask> tasks = [];
    private int numbers;

    public World(History plan, Rules rules, bool tells)
    {
        (Plan, Rules, Random) = (plan, rules, new Random(plan.Seed));
        Trace = new Trace(Scheduler, tells);
        Laws = new LawBook(this);
        NodeLaws = new NodeLaws(this);
        Endings = new Endings(this);
        Weather = plan.Weather;
        var store = rules.Store(new MemoryRunStore(new TrueTime(Scheduler), Settings.Lease), this);
        StoreLaws = new StoreLaws(this, store);
        Store = new WatchedStore(this, store, StoreLaws);
        Nodes = [.. Enumerable.Range(0, plan.Nodes).Select(n => new SimNode(this, n, OrganizationId.From(Number(n < 2 ? 10 : 11))))];
    }

    public static IReadOnlySet<CollaborationId> Collaborations { get; } = new HashSet<CollaborationId> { CollaborationId.From(Number(1)) };

    public static IReadOnlyList<EncryptionPublicKey> Recipients { get; } = [Anybody.PublicKey];

    public Scheduler Scheduler { get; } = new();

    public History Plan { get; }

    public Rules Rules { get; }

    public Random Random { get; }

    public Trace Trace { get; }

    public LawBook Laws { get; }

    public NodeLaws NodeLaws { get; }

    public StoreLaws StoreLaws { get; }

    public Endings Endings { get; }

    public TaskSettings Settings { get; } = new() { SweepEvery = TimeSpan.FromSeconds(5) };

    public IRunStore Store { get; }

    public IReadOnlyList<SimNode> Nodes { get; }

    public IEnumerable<TaskKey> Tasks => tasks.Values.Select(task => task.Key);

    public Weather Weather { get; set; }

    public bool IsHealed => Scheduler.Elapsed >= Plan.HealsAt;

    public CoordinatorProcess? Coordinator { get; set; }

    /// <summary>Since when it is up; null while it is not.</summary>
    public TimeSpan? CoordinatorSince { get; set; }

    public static Guid Number(int number) => new(number, 0, 0, new byte[8]);

    public int NextNumber() => ++numbers;

    public bool Chance(double share) => share > 0 && Random.NextDouble() < share;

    /// <summary>How long a message or a thread takes.</summary>
    public TimeSpan Delay() => TimeSpan.FromMilliseconds(Chance(Weather.Slow) ? Random.Next(12_000) : 1 + Random.Next(30));

    public DateTimeOffset AtTime(TimeSpan elapsed) => Scheduler.Start + elapsed;

    public Line? Reach(NodeProcess node)
    {
        if (Coordinator is not { IsAlive: true } there || node.Machine.IsCut || node.Machine.IsRevoked)
        {
            return null;
        }

        var line = new Line(this, node, there, new Vantage.Coordinator.Realtime.Nodes.NodeTalk(node.Machine.Caller));
        there.Add(line);
        return line;
    }

    public void Add(NewTask task, string name)
    {
        tasks[task.Manifest.Task] = task;
        foreach (var target in task.Manifest.Targets)
        {
            runs[target.Run] = ($"{name}/{NameOf(target.Node)}", task);
        }
    }

    public IEnumerable<RunId> Runs => runs.Keys;

    public TaskKey KeyOf(TaskId task) => tasks[task].Key;

    public NewTask? TaskOf(TaskId id) => tasks.GetValueOrDefault(id);

    public TaskManifest ManifestOf(RunId run) => runs[run].Task.Manifest;

    public string NameOf(RunId run) => runs[run].Name;

    public string NameOf(TaskId task) => runs.First(run => run.Value.Task.Manifest.Task == task).Value.Name.Split('/')[0];

    public string NameOf(NodeId? node) => Nodes.FirstOrDefault(n => n.Id == node)?.Name ?? "nobody";

    /// <summary>It may end as late as notAfter: the only node that could do it, or holds its result, is gone for good.</summary>
    public bool WaitsForTheLost(RunSnapshot run)
    {
        var target = ManifestOf(run.Id).Targets.Single(target => target.Run == run.Id);
        var holder = run.State.Phase == RunPhase.Queued ? null : run.Holder;
        return holder is { } held
            ? IsGone(held)
            : IsGone(target.Node) && target.Alternates.All(alternate => IsGone(alternate.Node));
    }

    public string Show(IEnumerable<RunReport> reports) => string.Join(", ", reports.Select(r => $"{NameOf(r.Run)} {r.Phase}/{r.Epoch}"));

    public string Show(RunBook book) => string.Join(", ", book.Entries.Values.OrderBy(e => e.Order).Select(e => $"{NameOf(e.Run)} {e.Stage}/{e.Epoch}"));

    private bool IsGone(NodeId node) => Nodes.Single(n => n.Id == node).IsRevoked;

    private sealed class TrueTime(Scheduler scheduler) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => scheduler.Now;
    }
}
