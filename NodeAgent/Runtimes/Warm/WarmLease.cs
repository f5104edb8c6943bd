namespace Vantage.NodeAgent.Runtimes.Warm;

/// <summary>One call's hold on a worker. Nobody else gets it before it is given back.</summary>
internal sealed class WarmLease(WarmPool pool, WarmSeat seat, WarmWorker? worker) : IDisposable
{
    /// <summary>Null until one was started.</summary>
    public WarmWorker? Worker { get; private set; } = worker;

    public TimeProvider Time => pool.Time;

    /// <summary>How long it may live, whatever it does.</summary>
    public TimeSpan Left => seat.Until - pool.Time.GetUtcNow();

    public void Begin(WarmWorker started)
    {
        Worker = started;
        pool.Begin(seat, started);
    }

    public void Dispose() => pool.Return(seat);
}
