using Vantage.Protocol.Hub;
using Vantage.Tests.Simulation.Coordinators;
using Vantage.Tests.Simulation.Histories;
using Vantage.Tests.Simulation.Net;
using Vantage.Tests.Simulation.Nodes;

namespace Vantage.Tests.Simulation;

/// <summary>Makes happen what a history says.</summary>
internal sealed class Fates(World world)
{
    private readonly Researcher researcher = new(world);
    private int coordinatorStarts;

    public void Begin()
    {
        StartCoordinator(TimeSpan.Zero);
        foreach (var node in world.Nodes)
        {
            node.Restart(world.Delay());
        }

        foreach (var happening in world.Plan.Happenings)
        {
            world.Scheduler.After(happening.At, () =>
            {
                world.Trace.Say($"* {happening}");
                Cause(happening);
            });
        }

        world.Scheduler.After(world.Plan.HealsAt, Heal);
    }

    public void Cause(Happening happening)
    {
        switch (happening)
        {
            case Happening.Submit submit:
                researcher.Submit(submit);
                break;
            case Happening.Cancel cancel:
                researcher.Cancel(cancel.Task);
                break;
            case Happening.KillNode kill when Node(kill.Node) is { Process.IsAlive: true } node:
                node.Kill(kill.Power, kill.For);
                break;
            case Happening.KillNodeAtAct kill when Node(kill.Node) is { Process.IsAlive: true } node:
                node.KillAtAct(kill.Acts, kill.Power, kill.For);
                break;
            case Happening.StopNode stop when Node(stop.Node) is { Process.IsRunning: true } node:
                node.Stop(stop.Grace, stop.For);
                break;
            case Happening.PauseNode pause when Node(pause.Node).Process is { IsRunning: true } process:
                process.Pause();
                world.Scheduler.After(pause.For, () => Resume(process));
                break;
            case Happening.CutNode cut:
                Cut(Node(cut.Node), cut.Told, cut.For);
                break;
            case Happening.SetClock set:
                Node(set.Node).Skew = set.Skew;
                break;
            case Happening.FillDisk fill:
                Node(fill.Node).IsFull = true;
                world.Scheduler.After(fill.For, () => Node(fill.Node).IsFull = false);
                break;
            case Happening.FailFlush fail:
                Node(fail.Node).FailsNextFlush = true;
                break;
            case Happening.FailAct fail:
                Node(fail.Node).FailAct(fail.Acts);
                break;
            case Happening.SetMode set when Node(set.Node) is { Process.IsRunning: true } node:
                node.SetMode(set.Mode);
                break;
            case Happening.Drain drain when Node(drain.Node).Process is { IsRunning: true } process:
                process.Post(() => process.Floor.IsDraining = true);
                break;
            case Happening.Revoke revoke:
                Node(revoke.Node).IsRevoked = true;
                Cut(Node(revoke.Node), told: true, TimeSpan.Zero);
                break;
            case Happening.KillCoordinator kill when world.Coordinator is { IsAlive: true } coordinator:
                coordinator.Die();
                world.CoordinatorSince = null;
                StartCoordinator(kill.For);
                break;
        }
    }

    /// <summary>From here on nothing goes wrong any more.</summary>
    private void Heal()
    {
        world.Trace.Say($"* all faults end");
        world.Weather = Weather.Fair;
        StartCoordinator(TimeSpan.Zero);
        foreach (var node in world.Nodes)
        {
            (node.IsCut, node.IsFull, node.FailsNextFlush, node.Skew) = (false, false, false, TimeSpan.Zero);
            node.Forgive();
            if (node.Process is { IsAlive: true, IsPaused: true } paused)
            {
                Resume(paused);
            }

            if (node.Process is { IsRunning: true, Floor.IsDraining: true })
            {
                node.Kill(power: false, TimeSpan.Zero);
            }
            else
            {
                node.SetMode(NodeMode.Active);
            }

            node.Restart(TimeSpan.Zero);
        }
    }

    private void Resume(NodeProcess process)
    {
        process.Machine.RunsSince = world.Scheduler.Elapsed;
        process.Resume();
    }

    private void Cut(SimNode node, bool told, TimeSpan lasts)
    {
        node.IsCut = true;
        foreach (var line in world.Coordinator?.LinesOf(node.Id).ToList() ?? [])
        {
            line.Kill(told);
        }

        world.Scheduler.After(lasts, () => node.IsCut = false);
    }

    private void StartCoordinator(TimeSpan after)
    {
        var start = ++coordinatorStarts;
        world.Scheduler.After(after, () =>
        {
            if (start == coordinatorStarts && world.Coordinator is not { IsAlive: true })
            {
                world.Trace.Say($"the Coordinator starts");
                world.Coordinator = new CoordinatorProcess(world);
                world.CoordinatorSince = world.Scheduler.Elapsed;
            }
        });
    }

    private SimNode Node(int number) => world.Nodes[number % world.Nodes.Count];
}
