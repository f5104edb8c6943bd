using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.NodeAgent.Runtimes.Docker.Staging;

/// <summary>
/// The engine sees none of the node's files: they go into a volume of the run's own, by way of a container that is made
/// for it and never started. What the run mounts is not this volume but its folder, so that it is mounted with the same
/// options as where nothing is copied.
/// </summary>
internal sealed class VolumeStaging(EngineClient engine, ContainerMark mark) : IStaging
{
    private const string Target = "/fill";

    public string Told => "copied to a volume of the engine's";

    public bool Copies => true;

    public async Task<string> PlaceAsync(RuntimeJob job, string image, CancellationToken cancellationToken)
    {
        var copy = mark.CopyOf(job);
        var volume = await engine.CreateVolumeAsync(new(copy, "local", mark.LabelsOf(job)), cancellationToken);
        if (volume.Mountpoint is not { Length: > 0 } place)
        {
            throw new EngineException(null, $"The container engine at {engine.Socket} does not say where its volumes lie, so a run's inputs can't be copied there.");
        }

        await engine.CreateAsync(copy, Filler(job, copy, image), cancellationToken);
        using (var archive = new ShownArchive(job.Shown))
        {
            await engine.PutArchiveAsync(copy, Target, archive, cancellationToken);
        }

        await engine.RemoveAsync(copy, cancellationToken);
        return place;
    }

    /// <summary>No root that is read-only: an engine unpacks nothing in such a container. It is never started.</summary>
    private ContainerSpec Filler(RuntimeJob job, string copy, string image) => new()
    {
        Image = image,
        User = Sandbox.SandboxPlan.User,
        Hostname = "fill",
        Env = [],
        Labels = mark.LabelsOf(job),
        Healthcheck = new(["NONE"]),
        NetworkDisabled = true,
        HostConfig = new()
        {
            NetworkMode = "none",
            CapDrop = ["ALL"],
            LogConfig = new("none"),
            Mounts = [new("volume", copy, Target, new(NoCopy: true, mark.LabelsOf(job), new("local", new Dictionary<string, string>())))],
        },
    };
}
