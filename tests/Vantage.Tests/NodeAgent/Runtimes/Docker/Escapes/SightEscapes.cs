namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Escapes;

/// <summary>What could be known of the host or of others, and rights that could still be had.</summary>
internal static class SightEscapes
{
    private static readonly string[] Hidden =
    [
        "/proc/kcore", "/proc/kallsyms", "/proc/keys", "/proc/key-users", "/proc/timer_list", "/proc/sched_debug", "/proc/config.gz", "/proc/modules",
        "/proc/partitions", "/proc/diskstats", "/proc/interrupts", "/proc/slabinfo", "/proc/vmallocinfo", "/proc/swaps", "/proc/schedstat",
        "/etc/shadow", "/proc/1/root/etc/shadow", "/etc/resolv.conf", "/proc/kmsg", "/proc/sys/kernel/cap_last_cap_not", "/etc/gshadow",
    ];

    private static readonly string[] Closed =
        ["/sys/class", "/sys/block", "/sys/firmware", "/sys/kernel", "/sys/module", "/sys/bus", "/sys/dev", "/proc/scsi", "/proc/acpi", "/root", "/run", "/var/run"];

    private static readonly string[] Devices =
    [
        "vda", "vda1", "sda", "nvme0n1", "mem", "kmem", "port", "kmsg", "fuse", "kvm", "net/tun", "loop0", "loop-control", "dm-0", "mapper/control",
        "console", "tty0", "tty1", "input/event0", "hwrng", "vsock", "uinput", "snd/timer", "dri/card0", "cpu/0/msr", "vhost-net", "nvram", "rtc0",
    ];

    public static IEnumerable<Escape> All() =>
    [
        .. Hidden.Select(file => new Escape($"read {file}", $"[ -n \"$(head -c 1 {file})\" ]")),
        .. Closed.Select(folder => new Escape($"list {folder}", $"[ -n \"$(ls -A {folder})\" ]")),
        .. Devices.Select(device => new Escape($"read /dev/{device}", $"[ -c /dev/{device} -o -b /dev/{device} ] && dd if=/dev/{device} bs=1 count=1")),
        .. new[] { "CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb" }.Select(mask =>
            new Escape($"a capability in {mask}", $"! grep -q \"^{mask}:.0000000000000000$\" /proc/self/status")),
        new("gaining privileges", "! grep -q \"^NoNewPrivs:.1$\" /proc/self/status"),
        new("unfiltered system calls", "! grep -q \"^Seccomp:.2$\" /proc/self/status"),
        new("another account", "[ \"$(id -u):$(id -g)\" != 65532:65532 ]"),
        new("a further group", "[ \"$(id -G)\" != 65532 ]"),
        new("the host's processes", "grep -q dockerd /proc/[0-9]*/comm"),
        new("the kernel's threads", "grep -q kthreadd /proc/2/comm"),
        new("the host's name", "[ \"$(hostname)\" != run ]"),
        new("inputs that can be run", "! grep \" /vantage \" /proc/mounts | grep -q \"ro,nosuid,nodev,noexec\""),
        new("scratch space that can be run", "! grep \" /tmp \" /proc/mounts | grep -q \"nosuid,nodev,noexec\""),
        new("a root that is not read-only", "! grep \" / \" /proc/mounts | grep -q \" ro,\""),
        new("a place for shared memory", "grep -q \" /dev/shm \" /proc/mounts"),
        new("the engine's socket", "[ -e /var/run/docker.sock -o -e /run/docker.sock ]"),
        new("the kernel's words", "dmesg"),
        new("another time", "date -s 2001-01-01; [ $(date +%Y) = 2001 ]"),
        new("entering the host", "nsenter -t 1 -m true"),
        new("a root of its own", "unshare -r true"),
        new("being somebody else", "su -s /bin/sh root -c true"),
        new("a module", "insmod /etc/passwd"),
        new("a loop device", "losetup -f /vantage/script"),
        new("the release agent of its control group", "echo /tmp/x > /sys/fs/cgroup/memory/release_agent || echo /tmp/x > /sys/fs/cgroup/release_agent"),
        new("files of another run", "ls -d /vantage/../*work* || ls /vantage/data/../../proc/1/root/tmp/vtg-*"),
    ];
}
