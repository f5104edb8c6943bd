using System.Threading.Channels;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Gateway;

/// <summary>
/// Whose call a Gateway's requests are about. A run of its own has one call, open from the beginning. A warm worker is
/// handed one after the other; it asks for the next when it is done with the one before, and between two calls whatever it
/// sends is nobody's.
/// </summary>
internal sealed class CallLine
{
    private readonly Lock gate = new();
    private readonly Channel<Turn> turns = Channel.CreateUnbounded<Turn>();
    private Turn? open;
    private bool asking;

    private sealed record Turn(WarmCall Call, GatewayCalls Calls)
    {
        public TaskCompletionSource<bool> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>What requests count for now; null between two calls.</summary>
    public GatewayCalls? Current { get; private set; }

    /// <summary>
    /// Whether the worker has said anything about the call that was given last. That the call was sent to it says little: the
    /// answer to a program that has just died is written all the same.
    /// </summary>
    public bool IsTaken { get; private set; }

    /// <summary>What a request is about, which shows that the call has reached the worker.</summary>
    public GatewayCalls? Take()
    {
        lock (gate)
        {
            IsTaken |= Current is not null;
            return Current;
        }
    }

    /// <summary>For one run: there is no next call.</summary>
    public static CallLine Of(GatewayCalls only)
    {
        var line = new CallLine { Current = only };
        line.Close();
        return line;
    }

    /// <summary>Completes when the worker asks for the next one. One at a time: the one before has to be over.</summary>
    public Task Give(WarmCall call, GatewayCalls calls)
    {
        var turn = new Turn(call, calls);
        IsTaken = false;
        turns.Writer.TryWrite(turn);
        return turn.Done.Task;
    }

    /// <summary>Whoever asks for a call from now on is told that there are no more.</summary>
    public void Close() => turns.Writer.TryComplete();

    public async Task<NextCall> NextAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (asking)
            {
                return new NextCall.AskedAlready();
            }

            asking = true;
            End();
        }

        try
        {
            while (await turns.Reader.WaitToReadAsync(cancellationToken))
            {
                if (turns.Reader.TryRead(out var turn))
                {
                    Begin(turn);
                    return new NextCall.Given(turn.Call);
                }
            }

            return new NextCall.NoMore();
        }
        finally
        {
            lock (gate)
            {
                asking = false;
            }
        }
    }

    private void Begin(Turn turn)
    {
        lock (gate)
        {
            open = turn;
            Current = turn.Calls;
        }
    }

    private void End()
    {
        if (open is { } done)
        {
            open = null;
            Current = null;
            done.Done.TrySetResult(true);
        }
    }
}

internal abstract record NextCall
{
    private NextCall() { }

    public sealed record Given(WarmCall Call) : NextCall;

    /// <summary>The program may end.</summary>
    public sealed record NoMore : NextCall;

    /// <summary>It waits for a call already, and does one at a time.</summary>
    public sealed record AskedAlready : NextCall;
}
