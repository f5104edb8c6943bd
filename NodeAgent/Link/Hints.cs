using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Link;

/// <summary>What the Coordinator says unasked. It wakes the conversation early; losing any of it loses nothing.</summary>
internal sealed class Hints(IRunDesk desk, StatementNews statements) : INodeClient
{
    private readonly Signal signal = new();
    private int lookAgain;

    /// <summary>The Coordinator said that it would close the line.</summary>
    public bool Goodbye { get; private set; }

    public Task WhenAny(CancellationToken cancellationToken) => signal.WaitAsync(cancellationToken);

    public Task WorkAvailable()
    {
        signal.Set();
        return Task.CompletedTask;
    }

    /// <summary>Once for any number of times that it was said.</summary>
    public bool TakeLookAgain() => Interlocked.Exchange(ref lookAgain, 0) == 1;

    public Task LookAgain()
    {
        Volatile.Write(ref lookAgain, 1);
        signal.Set();
        return Task.CompletedTask;
    }

    public Task StopWork(IReadOnlyList<StopOrder> orders)
    {
        desk.Stop(orders);
        return Task.CompletedTask;
    }

    public Task StatementsChanged()
    {
        statements.Changed();
        return Task.CompletedTask;
    }

    public Task GoingAway(string reason)
    {
        Goodbye = true;
        signal.Set();
        return Task.CompletedTask;
    }
}
