namespace Vantage.Tests.Simulation.Time;

/// <summary>One thread and one virtual clock for everything: what happens next is what is due first, then what was planned first.</summary>
internal sealed class Scheduler
{
    private readonly PriorityQueue<Action, (long At, long Order)> due = new();
    private readonly int thread = Environment.CurrentManagedThreadId;
    private long order;

    /// <summary>Of true time: 00:00:00 of this day.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>True time since the start, in ticks.</summary>
    public long Ticks { get; private set; }

    /// <summary>How many things were done.</summary>
    public long Done { get; private set; }

    public TimeSpan Elapsed => TimeSpan.FromTicks(Ticks);

    public DateTimeOffset Now => Start.AddTicks(Ticks);

    public void After(TimeSpan delay, Action action)
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            throw new InvalidOperationException("Something in the simulation left its thread: no seed would replay it.");
        }

        due.Enqueue(action, (Ticks + Math.Max(0, delay.Ticks), order++));
    }

    /// <summary>Does the next thing. False if nothing is planned, or nothing before this time.</summary>
    public bool Step(TimeSpan until)
    {
        if (!due.TryPeek(out var action, out var at) || at.At > until.Ticks)
        {
            Ticks = Math.Max(Ticks, until.Ticks);
            return false;
        }

        due.Dequeue();
        Done++;
        Ticks = at.At;
        action();
        return true;
    }
}
