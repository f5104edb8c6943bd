using System.Globalization;
using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.NodeAgent.Runtimes.Docker.Sandbox;

/// <summary>
/// Compares what the engine says it has made with what it was asked for, before anything is started: an engine that knows
/// less than Docker's tends to leave out what it does not know. What is said here stands in the receipt.
/// </summary>
internal static class SandboxProof
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>What was not made as asked; empty if all was.</summary>
    public static IEnumerable<string> Gaps(ContainerSpec asked, ContainerState made, IReadOnlyDictionary<string, Volume> volumes)
    {
        var (want, has) = (asked.HostConfig, made.HostConfig);
        (bool Ok, string What)[] points =
        [
            (made.Image == asked.Image, "image"),
            (made.Config.User == asked.User, "user"),
            (has.NetworkMode == want.NetworkMode, "network"),
            (has.IpcMode == want.IpcMode, "shared memory"),
            (string.IsNullOrEmpty(has.PidMode) || has.PidMode == "private", "process ids"),
            (has.UsernsMode is null or "", "user namespace"),
            (has.CgroupnsMode == want.CgroupnsMode, "control group namespace"),
            (has.ReadonlyRootfs, "read-only root"),
            (!has.Privileged && has.CapAdd is null or [] && (has.CapDrop ?? []).Contains("ALL", StringComparer.OrdinalIgnoreCase), "capabilities"),
            (want.SecurityOpt!.All(option => (has.SecurityOpt ?? []).Contains(option, StringComparer.Ordinal)), "seccomp and no-new-privileges"),
            (want.MaskedPaths!.All(path => (has.MaskedPaths ?? []).Contains(path, StringComparer.Ordinal)), "hidden paths"),
            (want.ReadonlyPaths!.All(path => (has.ReadonlyPaths ?? []).Contains(path, StringComparer.Ordinal)), "read-only paths"),
            ((want.Tmpfs ?? None).All(place => has.Tmpfs?.GetValueOrDefault(place.Key) == place.Value) && (has.Tmpfs ?? None).Count == (want.Tmpfs ?? None).Count, "scratch space"),
            (has.Memory == want.Memory && has.MemorySwap == want.MemorySwap, "memory"),
            (has.NanoCpus == want.NanoCpus, "cpu"),
            (has.PidsLimit == want.PidsLimit, "number of processes"),
            (want.Ulimits!.All(limit => (has.Ulimits ?? []).Contains(limit)), "open files and other limits"),
            ((has.DeviceRequests ?? []).Sum(device => device.Count) == (want.DeviceRequests ?? []).Sum(device => device.Count)
                && (has.DeviceRequests ?? []).Count == (want.DeviceRequests ?? []).Count, "accelerators"),
            (want.Runtime is null || has.Runtime == want.Runtime, "runtime"),
            (has.Init is null or false, "init process"),
            (has.LogConfig?.Type == want.LogConfig!.Type, "log"),
            ((want.Mounts ?? []).All(mount => GuestPlan.IsBind(mount) || IsAsAsked(mount, volumes.GetValueOrDefault(mount.Source))), "inputs"),
            (GuestPlan.Binds(has.Mounts).SequenceEqual(GuestPlan.Binds(want.Mounts)), "writable file"),
        ];
        return points.Where(point => !point.Ok).Select(point => point.What);
    }

    /// <summary>For the receipt. Only after <see cref="Gaps"/> found none.</summary>
    public static IReadOnlyDictionary<string, string> Enforced(RuntimeJob job, ContainerState made, EngineInfo host, string staged) =>
        new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["network"] = Network(job),
            ["filesystem"] = "read-only root; inputs read-only, nosuid, nodev, noexec; nothing else of this host" + GuestPlan.Words(job.Guest),
            ["inputs"] = staged,
            ["privileges"] = "no capabilities, none to be gained",
            ["user"] = made.Config.User,
            ["user namespace"] = host.IsRootless ? "rootless engine" : host.Has("userns") ? "remapped" : "not enforced",
            ["system calls"] = $"filtered by {SeccompProfile.Digest}",
            ["mandatory access control"] = host.Has("apparmor") ? "apparmor" : host.Has("selinux") ? "selinux" : "not enforced",
            ["environment"] = job.Guest is not null ? "the image's own and what its contract names" : string.Join(", ", job.Variables.Keys.Order(StringComparer.Ordinal).Prepend("the image's own and VANTAGE_RUN")),
            ["processes"] = Whole(made.HostConfig.PidsLimit ?? 0),
            ["open files"] = Whole(SandboxPlan.OpenFiles),
            ["cpu"] = string.Create(CultureInfo.InvariantCulture, $"{made.HostConfig.NanoCpus / 1e9} cores"),
            ["memory"] = $"{made.HostConfig.Memory >> 20} MiB, no swap",
            ["disk"] = $"{SandboxPlan.ScratchMiB(job.Limits)} MiB at /tmp, which counts as memory",
            ["time"] = string.Create(CultureInfo.InvariantCulture, $"{job.Limits.Time.TotalSeconds} s"),
            ["core dumps"] = "off",
            ["accelerators"] = Whole(job.Limits.Accelerators),
            ["runtime"] = made.HostConfig.Runtime ?? host.DefaultRuntime,
            ["engine"] = $"{host.ServerVersion}, control groups version {host.CgroupVersion}",
        };

    private static string Network(RuntimeJob job) => job.Doors.Count == 0 ? "none" : "none but its own loopback device, where this node answers as "
        + string.Join(", ", job.Doors.Select(door => string.Create(CultureInfo.InvariantCulture, $"{door.Host}:{door.Port}")));

    private static bool IsAsAsked(MountSpec mount, Volume? volume) => volume is not null
        && mount.VolumeOptions!.DriverConfig.Options.All(option => volume.Options?.GetValueOrDefault(option.Key) == option.Value);

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
