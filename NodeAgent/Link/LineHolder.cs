using Vantage.Protocol.Hub;

namespace Vantage.NodeAgent.Link;

/// <summary>The line that stands now, for those who have something to commit; or a wait until one does.</summary>
internal sealed class LineHolder
{
    private readonly Lock gate = new();
    private TaskCompletionSource<LineUp> up = New();

    public LineUp? Current
    {
        get
        {
            lock (gate)
            {
                return up.Task.IsCompletedSuccessfully ? up.Task.Result : null;
            }
        }
    }

    public async Task<LineUp> WhenUpAsync(CancellationToken cancellationToken)
    {
        Task<LineUp> waiting;
        lock (gate)
        {
            waiting = up.Task;
        }

        return await waiting.WaitAsync(cancellationToken);
    }

    public void Set(LineUp line)
    {
        lock (gate)
        {
            up.TrySetResult(line);
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            up = up.Task.IsCompleted ? New() : up;
        }
    }

    private static TaskCompletionSource<LineUp> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A line over which the Coordinator said its terms.</summary>
internal sealed record LineUp(HubLine Line, Welcome Terms, DateTimeOffset Since);
