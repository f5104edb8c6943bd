using Vantage.Coordinator.Access;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Ids;
using Vantage.Tests.Simulation.Disks;
using Vantage.Tests.Simulation.Histories;

namespace Vantage.Tests.Simulation.Nodes;

/// <summary>A machine with a disk and a clock, on which lives of a node follow one another.</summary>
internal sealed class SimNode
{
    private readonly World world;
    private int starts;
    private int actsLeft;
    private Action? atAct;
    private bool isDown;
    private int failsAfter;
    private int acted;

    public SimNode(World world, int number, OrganizationId organization)
    {
        this.world = world;
        (Name, Id, Organization) = (SimNames.Node(number), NodeId.From(World.Number(100 + number)), organization);
        Disk = world.Rules.Disk(world.Random);
        Home = new NodeHome($"/{Name}");
        Drift = (world.Random.NextDouble() - 0.5) / 500;
        Disk.CreateFolder(Home.State);
        Disk.Fault = Act;
    }

    public string Name { get; }

    public NodeId Id { get; }

    public OrganizationId Organization { get; }

    public SimDisk Disk { get; }

    public NodeHome Home { get; }

    public NodeSettings Settings { get; } = new() { Coordinator = new Uri("https://simulated"), Worker = "none", MinimumFreeMiB = 0 };

    public TimeSpan Skew { get; set; }

    public double Drift { get; }

    public bool IsCut { get; set; }

    public bool IsRevoked { get; set; }

    public bool IsFull { get; set; }

    public bool FailsNextFlush { get; set; }

    /// <summary>When it last began to run again, whether started or resumed.</summary>
    public TimeSpan RunsSince { get; set; }

    public NodeProcess? Process { get; private set; }

    public NodeCaller Caller => new(Id, Name, Organization, Guid.Empty, DateTimeOffset.MaxValue, World.Collaborations);

    public void Start()
    {
        if (Process is { IsAlive: true })
        {
            return;
        }

        var before = Process?.Journal.Book;
        isDown = false;
        try
        {
            Process = new NodeProcess(world, this);
            RunsSince = world.Scheduler.Elapsed;
            world.Trace.Say($"{Name}: starts with [{world.Show(Process.Journal.Book)}]");
            world.NodeLaws.Remembers(this, before, Process.Journal.Book);
            if (world.IsHealed)
            {
                SetMode(NodeMode.Active);
            }
        }
        catch (IOException e)
        {
            world.Trace.Say($"{Name}: does not start: {e.Message}");
            Restart(TimeSpan.FromSeconds(5));
        }
        catch (JournalException e)
        {
            world.Laws.Break("what a crash leaves behind can be read", $"{Name}: {e.Message}");
        }
    }

    public void SetMode(NodeMode mode) => Process?.Post(() => Process.Desk.Record(new JournalRecord.ModeSet(mode)));

    public void Kill(bool power, TimeSpan restart)
    {
        Process?.Die();
        (atAct, IsFull) = (null, IsFull && !power);
        if (power)
        {
            Disk.CutPower();
        }

        Restart(restart);
    }

    /// <summary>Asks the node to stop; after its time it is gone, as far as it has come.</summary>
    public void Stop(TimeSpan grace, TimeSpan restart)
    {
        var process = Process!;
        process.Post(process.Stop);
        world.Scheduler.After(grace, () =>
        {
            if (process.IsAlive)
            {
                Kill(power: false, restart);
            }
        });
    }

    /// <summary>The disk has no room for this one, and again for the next.</summary>
    public void FailAct(int acts) => (failsAfter, acted) = (acts, 0);

    public void KillAtAct(int acts, bool power, TimeSpan restart) => (actsLeft, atAct) = (acts, () =>
    {
        world.Trace.Say($"{Name}: {(power ? "loses power" : "is killed")} in the middle");
        Process?.Die();
        isDown = true;
        // The tear comes once the call that it interrupts has come back.
        world.Scheduler.After(TimeSpan.Zero, () => Kill(power, restart));
    });

    /// <summary>No death is planned any more.</summary>
    public void Forgive() => atAct = null;

    /// <summary>The node ended itself; whoever looks after it starts it again.</summary>
    public void Ends(NodeProcess process) => world.Scheduler.After(TimeSpan.Zero, () =>
    {
        if (process.IsAlive)
        {
            world.Trace.Say($"{Name}: ends by itself");
            Kill(power: false, TimeSpan.FromSeconds(10));
        }
    });

    public void Restart(TimeSpan after)
    {
        var start = ++starts;
        world.Scheduler.After(after, () =>
        {
            if (start == starts)
            {
                Start();
            }
        });
    }

    /// <summary>How many acts a planned failure has waited; 0 if none is planned any more.</summary>
    public bool HasFailed => failsAfter == 0;

    private int Act(DiskAct act, int bytes)
    {
        if (atAct is not null && --actsLeft <= 0)
        {
            var die = atAct;
            atAct = null;
            die();
        }

        if (failsAfter > 0 && ++acted == failsAfter)
        {
            failsAfter = 0;
            return world.Random.Next(bytes);
        }

        if (act == DiskAct.Flush && FailsNextFlush)
        {
            FailsNextFlush = false;
            return 0;
        }

        return isDown || (IsFull && act is DiskAct.Write or DiskAct.Create) ? world.Random.Next(bytes) : bytes;
    }
}
