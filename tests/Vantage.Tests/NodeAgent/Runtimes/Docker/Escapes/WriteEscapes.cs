namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Escapes;

/// <summary>Places where something could be left, changed or run from. Only /tmp may be written to, and nothing there is run.</summary>
internal static class WriteEscapes
{
    private static readonly string[] Folders =
    [
        "/", "/bin", "/etc", "/home", "/var", "/var/tmp", "/dev", "/dev/shm", "/dev/mqueue", "/dev/pts", "/vantage", "/vantage/data",
        "/vantage/gateway", "/proc", "/proc/self", "/proc/1", "/sys", "/sys/fs", "/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/kernel",
        "/sys/firmware", "/run", "/mnt", "/root", "/usr", "/lib", "/opt", "/srv", "/media",
    ];

    private static readonly string[] Files =
    [
        "/bin/busybox", "/etc/passwd", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/var/open", "/vantage/run.json", "/vantage/script",
        "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sys/vm/drop_caches", "/proc/sys/net/ipv4/ip_forward",
        "/proc/sysrq-trigger", "/proc/irq/default_smp_affinity", "/proc/self/oom_score_adj_not", "/proc/1/oom_adj_not",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/pids/pids.max", "/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/cgroup.procs",
        "/sys/kernel/mm/transparent_hugepage/enabled", "/dev/null_not",
    ];

    public static IEnumerable<Escape> All() =>
    [
        .. Folders.Select(folder => new Escape($"make a file in {folder}", $"echo x > {folder}/vtg-probe && [ -f {folder}/vtg-probe ]")),
        .. Files.Select(file => new Escape($"write to {file}", $"echo x >> {file}")),
        new("run what was put into /tmp", "cp /bin/busybox /tmp/b && chmod 755 /tmp/b && /tmp/b true"),
        new("run what lies with the data", "/vantage/script || [ $? != 126 ]"),
        new("a device of one's own", "mknod /tmp/d b 7 0 && [ -b /tmp/d ]"),
        new("a setuid copy in /tmp", "cp /bin/busybox /tmp/s && chmod 4755 /tmp/s && [ $(/tmp/s id -u) = 0 ]"),
        new("a setuid file of the image", "[ $(/bin/rootly id -u) = 0 ]"),
        new("make the root writable again", "mount -o remount,rw / && echo x > /vtg-probe"),
        new("make the inputs writable again", "mount -o remount,rw /vantage && echo x > /vantage/vtg-probe"),
        new("a file system of one's own", "mkdir -p /tmp/m && mount -t tmpfs none /tmp/m"),
        new("a bind of what is hidden", "mkdir -p /tmp/p && mount --bind /proc /tmp/p"),
        new("a hard link to a root file", "ln /etc/passwd /tmp/link"),
        new("a link out of /tmp", "ln -s /etc/passwd /tmp/sym && echo x >> /tmp/sym"),
    ];
}
