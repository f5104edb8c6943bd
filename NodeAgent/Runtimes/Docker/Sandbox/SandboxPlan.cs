using System.Globalization;
using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.NodeAgent.Runtimes.Docker.Sandbox;

/// <summary>
/// What a run's container is made of: everything off, then what the run needs. Pure, and the only place that says so; what
/// became of it is read back before the container is started (<see cref="SandboxProof"/>).
/// </summary>
internal static class SandboxPlan
{
    /// <summary>Where the code sees what it may read.</summary>
    public const string Shown = "/vantage";

    /// <summary>Nobody on the host; within the 65,536 ids that a user namespace usually has.</summary>
    public const string User = "65532:65532";

    public const string Hostname = "run";

    public const int Processes = 256;
    public const int OpenFiles = 4096;

    /// <summary>By this an engine knows accelerators, and by a runtime of this name that it has any.</summary>
    public const string AcceleratorDriver = "nvidia";

    private const int MostInodes = 262_144;

    /// <param name="job">The run.</param>
    /// <param name="image">As the engine calls it.</param>
    /// <param name="mark">By what the node knows it.</param>
    /// <param name="relay">The container that stands behind its doors; null if it has none.</param>
    /// <param name="shown">The folder that it is shown, as the engine sees it.</param>
    public static ContainerSpec Of(RuntimeJob job, string image, ContainerMark mark, string? relay, string shown) => new()
    {
        Image = image,
        User = User,
        Hostname = relay is null ? Hostname : null,
        Env = job.Guest?.Environment ?? [$"VANTAGE_RUN={Shown}/{Path.GetRelativePath(job.Shown, job.RunFile)}", .. job.Variables.Select(variable => $"{variable.Key}={variable.Value}")],
        Labels = mark.LabelsOf(job),
        Healthcheck = new(["NONE"]),
        NetworkDisabled = relay is null,
        HostConfig = Host(job, mark, relay, shown),
    };

    /// <summary>Scratch space lies in memory and counts as memory: more of it than memory could never be filled.</summary>
    public static int ScratchMiB(RuntimeLimits limits) => Math.Min(limits.DiskMiB, limits.MemoryMiB);

    public static long NanoCpus(RuntimeLimits limits) => (long)Math.Round(limits.Cpu * 1e9);

    /// <summary>What any container of ours has: nothing, and no way to get more.</summary>
    public static HostConfig Closed(IReadOnlySet<SandboxDemand> demands) => new()
    {
        NetworkMode = "none",
        // No /dev/shm, which would be a second place to write to.
        IpcMode = "none",
        CgroupnsMode = "private",
        ReadonlyRootfs = true,
        CapDrop = ["ALL"],
        SecurityOpt = ["no-new-privileges", $"seccomp={SeccompProfile.Json}"],
        MaskedPaths = Masks.Hidden,
        ReadonlyPaths = Masks.ReadOnly,
        // Where the host runs short of memory an algorithm goes before anything else does.
        OomScoreAdj = 500,
        Runtime = demands.Contains(SandboxDemand.Runsc) ? "runsc" : null,
        Init = false,
        // Its words go to the node over the attached streams, and to no file of the engine's.
        LogConfig = new("none"),
    };

    public static IReadOnlyList<Ulimit> Limits(int openFiles) =>
        [new("nofile", openFiles, openFiles), new("core", 0, 0), new("msgqueue", 0, 0), new("memlock", 65536, 65536)];

    private static HostConfig Host(RuntimeJob job, ContainerMark mark, string? relay, string shown) => Closed(job.Demands) with
    {
        // With doors it has the relay's loopback device in place of its own, and nothing else either.
        NetworkMode = relay is null ? "none" : $"container:{relay}",
        Tmpfs = Scratch(job),
        Mounts = [Inputs(job, mark, shown), .. GuestPlan.Mounts(job.Guest)],
        Memory = (long)job.Limits.MemoryMiB << 20,
        // Together with swap, so that there is none.
        MemorySwap = (long)job.Limits.MemoryMiB << 20,
        NanoCpus = NanoCpus(job.Limits),
        PidsLimit = Processes,
        Ulimits = [.. Limits(OpenFiles), .. GuestPlan.Limits(job.Guest)],
        DeviceRequests = job.Limits.Accelerators > 0 ? [new(AcceleratorDriver, job.Limits.Accelerators, [["gpu"]])] : null,
    };

    private static Dictionary<string, string> Scratch(RuntimeJob job)
    {
        var options = string.Create(CultureInfo.InvariantCulture,
            $"rw,noexec,nosuid,nodev,mode=1777,size={ScratchMiB(job.Limits)}m,nr_inodes={MostInodes}");
        var places = new Dictionary<string, string> { ["/tmp"] = options };
        if (job.Guest is { Scratch: var second })
        {
            places[second] = options;
        }

        return places;
    }

    /// <summary>
    /// A volume that is a bind mount, because only a volume's options know nosuid, nodev and noexec. Mounted into the
    /// container without "read-only" on purpose: the volume itself is, and saying it again would have the container's
    /// runtime mount it anew with nothing but that flag.
    /// </summary>
    private static MountSpec Inputs(RuntimeJob job, ContainerMark mark, string shown) =>
        new("volume", mark.NameOf(job), job.Guest?.ShownAt ?? Shown, new VolumeOptions(NoCopy: true, mark.LabelsOf(job), new VolumeDriver("local", ShownOptions(shown))));

    public static IReadOnlyDictionary<string, string> ShownOptions(string folder) => new Dictionary<string, string>
    {
        ["type"] = "none",
        ["o"] = "bind,ro,nosuid,nodev,noexec",
        ["device"] = folder,
    };
}
