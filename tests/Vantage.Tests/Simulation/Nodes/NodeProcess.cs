using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Vantage.NodeAgent.Approvals.Holding;
using Vantage.NodeAgent.Audit.Trail;
using Vantage.NodeAgent.Hosting;
using Vantage.NodeAgent.Runs;
using Vantage.NodeAgent.Runs.Deciding;
using Vantage.NodeAgent.Runs.Delivering;
using Vantage.NodeAgent.Runs.Journal;
using Vantage.NodeAgent.Runs.Storage;
using Vantage.NodeAgent.Runs.Working;
using Vantage.NodeAgent.Trust;
using Vantage.Protocol.Ids;
using Vantage.Tests.Simulation.Time;

namespace Vantage.Tests.Simulation.Nodes;

/// <summary>
/// One life of a node: the real journal, desk, floor, crew, sealer and supervisor over the machine's disk, and the real
/// agenda over simulated lines.
/// </summary>
internal sealed class NodeProcess : Incarnation
{
    private readonly World world;
    private readonly Func<TimeSpan> step;
    private int looks;
    private bool isStopping;

    /// <summary>Throws what opening the journal or sweeping throws.</summary>
    public NodeProcess(World world, SimNode machine)
        : base(world.Scheduler)
    {
        (this.world, Machine) = (world, machine);
        var clock = new ProcessClock(world.Scheduler, this, () => machine.Skew, machine.Drift, world.Rules.LeaseByWallClock);
        Journal = RunJournal.Open(machine.Disk, machine.Home.Journal);
        var folders = new RunFolders(machine.Home, machine.Disk);
        var fate = new NodeFate(new Lifetime(machine, this), NullLogger<NodeFate>.Instance);
        var disk = new DiskGuard(machine.Home, machine.Disk, machine.Settings, fate, NullLogger<DiskGuard>.Instance);
        var sealing = new SimSealing(machine.Id);
        Floor = new RunFloor(clock);
        Desk = new RunDesk(Journal, folders, Floor, disk, NodeLimits.For(2, machine.Settings.ClockSkew, TimeSpan.FromHours(1)), clock, NullLogger<RunDesk>.Instance);
        Link = new NodeLink(world, this, clock);
        var crew = new RunCrew(Desk, Floor, new SimWorker(world, this, folders, machine.Disk), new RunSealer(folders, sealing, clock),
            new SimCourier(world, this, new CommitBuilder(folders, null!, sealing, clock), clock),
            new RunCrew.Means(Journal, folders, disk, fate, machine.Home, [],
                new ApprovalKeeper(new ApprovalVault(machine.Home, machine.Disk, new SelfHolder()), folders, clock), new NoTrail(), clock), NullLogger<RunCrew>.Instance);
        var supervisor = new RunSupervisor(Desk, crew, Journal, folders, new SelfHolder(), clock, NullLogger<RunSupervisor>.Instance);
        step = supervisor.Step;
        supervisor.Clear();
        Coordinators.CoordinatorProcess.Now(supervisor.PrepareAsync(CancellationToken.None));
        After(world.Delay(), Link.Connect);
        After(TimeSpan.Zero, () => { });
    }

    public SimNode Machine { get; }

    /// <summary>What a node takes down for its own site is no part of what is simulated.</summary>
    private sealed class NoTrail : ITrail
    {
        public void Note(Happening happening)
        {
        }

        public Task RecordAsync(Happening happening) => Task.CompletedTask;
    }

    public NodeId Id => Machine.Id;

    public string Name => Machine.Name;

    public RunJournal Journal { get; }

    public RunFloor Floor { get; }

    public RunDesk Desk { get; }

    public NodeLink Link { get; }

    /// <summary>
    /// The supervisor looks no more, what runs is interrupted; what was finished meanwhile is still sealed, recorded and sent.
    /// </summary>
    public void Stop()
    {
        isStopping = true;
        Floor.Works.ToList().ForEach(work => work.Interrupt());
    }

    /// <summary>After whatever it did, the supervisor looks: at once, or a moment later, as threads go.</summary>
    protected override void Acted()
    {
        if (Desk.TakeNews())
        {
            Link.HeardNews();
        }

        Look(TimeSpan.FromMilliseconds(world.Random.Next(4)));
    }

    private void Look(TimeSpan wait)
    {
        var look = ++looks;
        world.Scheduler.After(wait, () =>
        {
            if (look != looks || !IsRunning || isStopping)
            {
                return;
            }

            var next = step();
            if (IsRunning && Desk.TakeNews())
            {
                Link.HeardNews();
            }

            if (look == looks && IsAlive)
            {
                Look(next);
            }
        });
    }

    private sealed class Lifetime(SimNode machine, NodeProcess process) : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => machine.Ends(process);
    }
}
