using Vantage.Protocol.Manifests;

namespace Vantage.NodeAgent.Runs;

/// <summary>
/// The seam of task types on the node: takes one verified, allowed run to its end. The supervisor does all the rest:
/// claiming, judging, journal, sealing, upload, commit.
/// </summary>
internal interface IRunExecutor
{
    TaskType Type { get; }

    /// <summary>
    /// Returns how the run ended; does not throw for what a run can meet. An exception means a bug, and the run fails as
    /// <c>node-internal</c>. May be called again for the same (run, epoch) after a crash: the working directory is then
    /// empty again, and whatever the first call left running is to be swept by <see cref="SweepAsync"/>.
    /// </summary>
    /// <param name="order">What to do.</param>
    /// <param name="progress">Where to say how far it is.</param>
    /// <param name="stop">
    /// Asks it to stop: it tells the algorithm, waits a little, kills, and returns <see cref="RunEnd.Cancelled"/>. If it
    /// has not returned <see cref="StopDeadline"/> later, the supervisor goes on without it.
    /// </param>
    Task<RunEnd> ExecuteAsync(RunOrder order, IRunProgress progress, CancellationToken stop);

    /// <summary>
    /// Ends whatever an earlier life of this node left running of its task type: processes, sockets, mounts. Called once
    /// before the first run. Touches only what carries this node's own mark.
    /// </summary>
    Task SweepAsync(string workRoot, CancellationToken cancellationToken) => Task.CompletedTask;

    static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(30);
}
