using Vantage.Coordinator.Realtime.Nodes;
using Vantage.Protocol.Hub;
using Vantage.Tests.Simulation.Coordinators;
using Vantage.Tests.Simulation.Nodes;

namespace Vantage.Tests.Simulation.Net;

/// <summary>One connection of a node with one life of the Coordinator. What is lost on it kills it, as with TCP.</summary>
internal sealed class Line(World world, NodeProcess node, CoordinatorProcess coordinator, NodeTalk talk)
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    private readonly List<Action> broken = [];
    private TimeSpan up;
    private TimeSpan down;

    public NodeProcess Node => node;

    public CoordinatorProcess Coordinator => coordinator;

    /// <summary>Nothing passes any more; whether the ends know is another question.</summary>
    public bool IsDead { get; private set; }

    /// <summary>The node knows.</summary>
    public bool IsBroken { get; private set; }

    public Welcome? Terms { get; set; }

    /// <summary>Asks, and waits for the answer or the end of the line; either way once.</summary>
    public void Ask<T>(string what, Func<NodeDesk, NodeTalk, Task<T>> call, Action<T> answered, Action failed)
    {
        var open = true;
        void Once(Action action)
        {
            if (open)
            {
                open = false;
                action();
            }
        }

        if (IsBroken)
        {
            failed();
            return;
        }

        broken.Add(() => Once(failed));
        void Arrive() => coordinator.Serve(this, what, desk => call(desk, talk), reply => Send(ref down, () => node.Post(() => Once(() =>
        {
            if (reply is T good)
            {
                answered(good);
            }
            else
            {
                failed();
                Break();
            }
        }))));
        Send(ref up, Arrive);
        if (world.Chance(world.Weather.Twice))
        {
            world.Scheduler.After(world.Delay() * 4, Arrive);
        }

        node.After(AnswerWithin, () =>
        {
            if (open)
            {
                world.Trace.Say($"{node.Name}: no answer to {what}");
                Break();
            }
        });
    }

    /// <summary>To the node, without an answer.</summary>
    public void Hint(Action<NodeProcess> said)
    {
        if (!IsDead && !world.Chance(world.Weather.Loss))
        {
            world.Scheduler.After(world.Delay(), () => node.Post(() => said(node)));
        }
    }

    /// <summary>The network gives up on it. Told ends know at once; else they find out by waiting.</summary>
    public void Kill(bool tell)
    {
        IsDead = true;
        if (tell)
        {
            world.Scheduler.After(world.Delay(), () => node.Post(Break));
        }
    }

    /// <summary>The node gives up on it.</summary>
    public void Break()
    {
        if (!IsBroken)
        {
            (IsDead, IsBroken) = (true, true);
            coordinator.Forget(this);
            node.Link.Broken(this);
            broken.ForEach(action => action());
            broken.Clear();
        }
    }

    private void Send(ref TimeSpan last, Action arrive)
    {
        if (IsDead)
        {
            return;
        }

        if (world.Chance(world.Weather.Loss))
        {
            Kill(tell: world.Chance(0.5));
            return;
        }

        var at = world.Scheduler.Elapsed + world.Delay();
        if (!world.Chance(world.Weather.Overtaking))
        {
            last = at = at > last ? at : last;
        }

        world.Scheduler.After(at - world.Scheduler.Elapsed, arrive);
    }
}
