using Vantage.NodeAgent.Subtasks;
using Vantage.Protocol.Algorithms;

namespace Vantage.NodeAgent.Gateway;

/// <summary>What came of a run's calls: its output, its log, its failure, its progress.</summary>
internal sealed class GatewayCalls(OutputStore output, RunLog log, Action<int> progress) : IDisposable
{
    private RunFailure? failure;

    /// <summary>What a central function asked; null for a run that may not ask.</summary>
    public ISubtasks? Subtasks { get; init; }

    public OutputStore Output { get; } = output;

    public RunLog Log { get; } = log;

    /// <summary>What the algorithm says went wrong. Its own words: nothing in them is to be believed.</summary>
    public RunFailure? Failure => failure;

    public void Progress(int percent) => progress(percent);

    /// <summary>False when it had said one already.</summary>
    public bool Fail(RunFailure said) => Interlocked.CompareExchange(ref failure, said, null) is null;

    public void Dispose()
    {
        Output.Dispose();
        Log.Dispose();
    }
}
