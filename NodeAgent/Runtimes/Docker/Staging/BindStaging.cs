namespace Vantage.NodeAgent.Runtimes.Docker.Staging;

/// <summary>Node and engine see the same files: nothing is moved.</summary>
internal sealed class BindStaging : IStaging
{
    public string Told => "mounted from the node's directory";

    public bool Copies => false;

    public Task<string> PlaceAsync(RuntimeJob job, string image, CancellationToken cancellationToken) => Task.FromResult(job.Shown);
}
