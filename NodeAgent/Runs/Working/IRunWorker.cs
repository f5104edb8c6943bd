namespace Vantage.NodeAgent.Runs.Working;

/// <summary>Takes one run from its claim to its end. The simulator's takes as long as a seed says.</summary>
internal interface IRunWorker
{
    /// <summary>Null if the work was stopped before anything came of it, or if there is nobody to tell.</summary>
    Task<SealJob?> WorkAsync(RunWork work, CancellationToken cancellationToken);
}
