using Vantage.Coordinator.Tasks.Store;
using Vantage.Tests.Simulation.Histories;
using Vantage.Tests.Simulation.Laws;

namespace Vantage.Tests.Simulation;

/// <summary>Lets a history take place, from its first thing to the last end.</summary>
internal static class Simulator
{
    /// <summary>Until when everything must have ended: the longest notAfter and then some.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(40);

    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(80);

    public static Verdict Run(History history, Rules rules, bool tells = false, Trigger? trigger = null)
    {
        // Without a context of its own every continuation runs where its cause does: on this thread, at once.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return RunAlone(history, rules, tells, trigger);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static Verdict RunAlone(History history, Rules rules, bool tells, Trigger? trigger)
    {
        var world = new World(history, rules, tells);
        var fates = new Fates(world);
        fates.Begin();
        var last = history.Happenings.Select(happening => happening.At).Append(history.HealsAt).Max() + TimeSpan.FromSeconds(10);
        var next = Endings.Every;
        TimeSpan? ended = null;
        while (world.Laws.Broken is null && world.Scheduler.Elapsed < Longest)
        {
            if (world.Scheduler.Step(next))
            {
                if (trigger is { IsPulled: false } && trigger.When(world))
                {
                    trigger.IsPulled = true;
                    trigger.Do(world, fates);
                }

                continue;
            }

            next += Endings.Every;
            world.Endings.Look();
            ended = world.Endings.AllEnded && world.Scheduler.Elapsed > last ? ended ?? world.Scheduler.Elapsed : null;
            if (ended is { } at && world.Scheduler.Elapsed >= at + Afterwards)
            {
                world.Endings.Close();
                break;
            }
        }

        if (ended is null)
        {
            world.Laws.Break("everything comes to its end", "some task is still open after the longest notAfter");
        }

        return new Verdict(world.Laws.Broken, world.Trace.Lines, world.NodeLaws.Begun, world.Scheduler.Done, world.StoreLaws.Runs);
    }
}

/// <summary>Something to happen once, when something is so.</summary>
internal sealed record Trigger(Func<World, bool> When, Action<World, Fates> Do)
{
    public bool IsPulled { get; set; }
}

/// <param name="Broken">Null if all laws held.</param>
/// <param name="Begun">How often an algorithm began.</param>
/// <param name="Runs">As they ended.</param>
internal sealed record Verdict(Violation? Broken, IReadOnlyList<string> Trace, int Begun, long Events, IReadOnlyList<RunSnapshot> Runs);
