namespace Vantage.Tests.Simulation.Time;

/// <summary>
/// One life of a process. Whatever is meant for it waits while it is stopped (SIGSTOP) and is void once it is dead: so
/// a continuation of an earlier life never acts in a later one.
/// </summary>
internal abstract class Incarnation(Scheduler scheduler)
{
    private List<Action>? waiting;

    public bool IsAlive { get; private set; } = true;

    public bool IsPaused => waiting is not null;

    public bool IsRunning => IsAlive && !IsPaused;

    public void Post(Action action)
    {
        if (waiting is not null)
        {
            waiting.Add(action);
        }
        else if (IsAlive)
        {
            action();
            Acted();
        }
    }

    public void After(TimeSpan delay, Action action) => scheduler.After(delay, () => Post(action));

    public void Pause() => waiting ??= [];

    public void Resume()
    {
        var missed = waiting ?? [];
        waiting = null;
        missed.ForEach(Post);
    }

    public virtual void Die()
    {
        IsAlive = false;
        waiting = null;
    }

    protected virtual void Acted()
    {
    }
}
