using Vantage.NodeAgent.Runs.Journal;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Hub;
using Vantage.Protocol.Lifecycles;

namespace Vantage.NodeAgent.Runs.Working;

/// <summary>One run being worked on in this process: how far it is, and how it is asked to stop.</summary>
internal sealed class RunWork(RunKey key, Action changed) : IRunProgress, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private bool ended;
    private RunReport report = new(key.Run, key.Epoch, RunPhase.Preparing);

    public RunKey Key => key;

    /// <summary>What the journal knows of it.</summary>
    public RunEntry? Entry { get; init; }

    /// <summary>Of the file with what was handed over, as the journal has it.</summary>
    public Digest? Claim => Entry?.Claim;

    /// <summary>Fires when the work is asked to stop, for whichever reason.</summary>
    public CancellationToken Stopping => stop.Token;

    /// <summary>Whatever comes of it, nobody wants it any more. A node that merely shuts down does not set this.</summary>
    public bool Unwanted { get; private set; }

    public RunReport Report
    {
        get
        {
            lock (gate)
            {
                return report;
            }
        }
    }

    public void Phase(RunPhase phase) =>
        Update(old => phase > old.Phase ? old with { Phase = phase, Waiting = WaitingReason.None } : old, isNews: true);

    public void Percent(int percent) => Update(old => old with { Progress = Math.Clamp(percent, 0, 100) }, isNews: false);

    public void Waiting(WaitingReason reason) => Update(old => old with { Waiting = reason }, isNews: true);

    public void GiveUp()
    {
        Unwanted = true;
        Interrupt();
    }

    /// <summary>The node shuts down: the run stays its own and is worked on again when it is back.</summary>
    public void Interrupt()
    {
        lock (gate)
        {
            if (!ended)
            {
                stop.Cancel();
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
            stop.Dispose();
        }
    }

    private void Update(Func<RunReport, RunReport> change, bool isNews)
    {
        RunReport before;
        RunReport after;
        lock (gate)
        {
            before = report;
            report = after = change(report);
        }

        if (isNews && before != after)
        {
            changed();
        }
    }
}
