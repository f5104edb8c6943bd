using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.NodeAgent.Runtimes.Docker.Sandbox;

/// <summary>
/// What is added to a sandbox for an image that writes its output to a file. A tmpfs is gone when a container ends, so the
/// file is one of the host's: mounted alone, so that nothing can be put beside it or in its place, and of a size that no
/// process in the container can go beyond.
/// </summary>
internal static class GuestPlan
{
    private const string Bind = "bind";

    public static IEnumerable<MountSpec> Mounts(GuestTerms? guest) =>
        guest is null ? [] : [new MountSpec(Bind, guest.Output.Path, guest.Output.SeenAt)];

    public static IEnumerable<Ulimit> Limits(GuestTerms? guest) =>
        guest is null ? [] : [new Ulimit("fsize", guest.Output.Bytes, guest.Output.Bytes)];

    /// <summary>Which paths of the host a container sees, whatever else is mounted.</summary>
    public static IEnumerable<(string Source, string Target)> Binds(IReadOnlyList<MountSpec>? mounts) =>
        (mounts ?? []).Where(IsBind).Select(mount => (mount.Source, mount.Target));

    public static bool IsBind(MountSpec mount) => mount.Type == Bind;

    public static string Words(GuestTerms? guest) =>
        guest is null ? "" : $" but one output file; no file larger than {guest.Output.Bytes >> 20} MiB";
}
