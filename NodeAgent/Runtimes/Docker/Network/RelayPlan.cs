using System.Globalization;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Sandbox;

namespace Vantage.NodeAgent.Runtimes.Docker.Network;

/// <summary>
/// What the container of a run's doors is made of: as confined as the algorithm's, and it sees the sockets only. It has a
/// loopback device and no other, which the algorithm's container then shares with it. There is no bridge, no address, no
/// name server and no route, so there is nothing of the host or of the world to be kept away from.
/// </summary>
internal static class RelayPlan
{
    private const int MemoryMiB = 16;
    private const int Processes = 4;
    private const int OpenFiles = 512;
    private const string Sockets = "/doors";

    public static ContainerSpec Of(RuntimeJob job, string image, ContainerMark mark)
    {
        var folders = Folders(job);
        return new()
        {
            Image = image,
            User = SandboxPlan.User,
            Hostname = SandboxPlan.Hostname,
            Env = [],
            Cmd = [.. job.Doors.Select(door => Word(door, folders))],
            Labels = mark.LabelsOf(job),
            Healthcheck = new(["NONE"]),
            NetworkDisabled = false,
            HostConfig = SandboxPlan.Closed(job.Demands) with
            {
                // The container's file of hosts is written once, for both.
                ExtraHosts = [.. job.Doors.Select(door => $"{door.Host}:127.0.0.1").Distinct(StringComparer.Ordinal)],
                // Asked, it refuses at once; without this the host's own name server would stand there.
                Dns = ["127.0.0.1"],
                Mounts = [.. folders.Select((folder, i) => Mount(job, mark, folder, i))],
                Memory = MemoryMiB << 20,
                MemorySwap = MemoryMiB << 20,
                NanoCpus = SandboxPlan.NanoCpus(job.Limits),
                PidsLimit = Processes,
                Ulimits = SandboxPlan.Limits(OpenFiles),
            },
        };
    }

    private static List<string> Folders(RuntimeJob job) =>
        [.. job.Doors.Select(door => Path.GetDirectoryName(door.SocketPath)!).Distinct(StringComparer.Ordinal)];

    private static string Word(Door door, List<string> folders) => string.Create(CultureInfo.InvariantCulture,
        $"{door.Port}={Sockets}/{folders.IndexOf(Path.GetDirectoryName(door.SocketPath)!)}/{Path.GetFileName(door.SocketPath)}");

    private static MountSpec Mount(RuntimeJob job, ContainerMark mark, string folder, int number) => new(
        "volume", mark.DoorVolumeOf(job, number), string.Create(CultureInfo.InvariantCulture, $"{Sockets}/{number}"),
        new VolumeOptions(NoCopy: true, mark.LabelsOf(job), new VolumeDriver("local", SandboxPlan.ShownOptions(folder))));
}
