namespace Vantage.NodeAgent.Runtimes.Docker.Staging;

/// <summary>How what a run may read gets to where the engine is.</summary>
internal interface IStaging
{
    /// <summary>For the receipt.</summary>
    string Told { get; }

    /// <summary>The engine holds a copy, under <see cref="ContainerMark.CopyOf"/>, to be removed with the run.</summary>
    bool Copies { get; }

    /// <param name="job">Whose <see cref="RuntimeJob.Shown"/> is complete.</param>
    /// <param name="image">One that the engine has.</param>
    /// <param name="cancellationToken">Gives up; what is there then is removed with the run.</param>
    /// <returns>The folder as the engine sees it.</returns>
    Task<string> PlaceAsync(RuntimeJob job, string image, CancellationToken cancellationToken);
}
