using Vantage.Coordinator.Realtime.Nodes;
using Vantage.NodeAgent.Link;
using Vantage.Protocol.Hub;
using Vantage.Tests.Simulation.Coordinators;
using Vantage.Tests.Simulation.Net;

namespace Vantage.Tests.Simulation.Nodes;

/// <summary>Connects, says what the agenda has, hears the answers, begins again when the line breaks.</summary>
internal sealed class NodeLink(World world, NodeProcess node, TimeProvider clock)
{
    private readonly List<TaskCompletionSource<Line>> waiting = [];
    private Agenda? agenda;
    private Line? line;
    private int failures;
    private int resting;
    private bool isUp;

    public void Connect()
    {
        if (world.Reach(node) is not { } reached)
        {
            Again();
            return;
        }

        line = reached;
        reached.Ask("hello", (desk, talk) => Task.FromResult(desk.Welcome(new Hello(1, 1, [], "1.0"), talk)),
            terms =>
            {
                reached.Terms = terms with { LeaseSeconds = (int)(terms.LeaseSeconds * world.Rules.ToldLease) };
                agenda = new Agenda(node.Desk, reached.Terms, clock);
                Talk();
            }, () => { });
    }

    public void Broken(Line which)
    {
        if (which == line)
        {
            (line, agenda, isUp) = (null, null, false);
            Again();
        }
    }

    public Task<Line> WhenUp()
    {
        if (isUp)
        {
            return Task.FromResult(line!);
        }

        waiting.Add(new TaskCompletionSource<Line>());
        return waiting[^1].Task;
    }

    public void HeardHint()
    {
        if (agenda is not null)
        {
            agenda.HeardHint();
            Wake();
        }
    }

    /// <summary>The desk has something to say soon.</summary>
    public void HeardNews()
    {
        if (agenda is not null)
        {
            agenda.HeardNews();
            Wake();
        }
    }

    private void Again()
    {
        failures++;
        node.After(Backoff.Transient.Delay(failures, world.Random.NextDouble()), Connect);
    }

    /// <summary>Only a rest is cut short: while an answer is awaited, nothing else is said.</summary>
    private void Wake()
    {
        if (resting != 0)
        {
            Talk();
        }
    }

    private void Talk()
    {
        resting = 0;
        var (at, told) = (line!, agenda!);
        if (told.HasBegun && !isUp)
        {
            (isUp, failures) = (true, 0);
            var ready = waiting.ToList();
            waiting.Clear();
            ready.ForEach(courier => courier.SetResult(at));
            if (line != at)
            {
                return;
            }
        }

        switch (told.Next())
        {
            case Turn.SayAll all:
                Say(at, world.Trace.IsOn ? $"inventory [{world.Show(all.Inventory.Runs)}]" : "", (desk, talk) => desk.ReconcileAsync(all.Inventory, talk, default), told.Heard);
                break;
            case Turn.Beat beat:
                Say(at, world.Trace.IsOn ? $"heartbeat [{world.Show(beat.Heartbeat.Reports)}]" : "", (desk, talk) => desk.BeatAsync(beat.Heartbeat, talk, default),
                    reply => told.Heard(beat, reply));
                break;
            case Turn.Ask ask:
                Say(at, "claim", (desk, talk) => desk.ClaimAsync(ask.Request, talk, default),
                    reply => CoordinatorProcess.Now(told.HeardAsync(ask, reply, default)));
                break;
            case Turn.Rest rest:
                var now = resting = world.NextNumber();
                node.After(rest.For, () =>
                {
                    if (resting == now && line == at)
                    {
                        Talk();
                    }
                });
                break;
        }
    }

    private void Say<T>(
        Line at, string what, Func<NodeDesk, NodeTalk, Task<T>> call, Action<T> heard) =>
        at.Ask(what, call, reply =>
        {
            heard(reply);
            if (line == at)
            {
                Talk();
            }
        }, () => { });
}
