namespace Vantage.NodeAgent.Runtimes.Docker.Sandbox;

/// <summary>
/// What of the kernel's own files is hidden, and what can only be read. More than the engine's default: what names this
/// host, its disks, its modules or its other work is nobody's business.
/// </summary>
internal static class Masks
{
    public static readonly IReadOnlyList<string> Hidden =
    [
        "/proc/acpi", "/proc/asound", "/proc/config.gz", "/proc/diskstats", "/proc/interrupts", "/proc/kallsyms", "/proc/kcore",
        "/proc/keys", "/proc/key-users", "/proc/latency_stats", "/proc/modules", "/proc/partitions", "/proc/pressure", "/proc/sched_debug",
        "/proc/schedstat", "/proc/scsi", "/proc/slabinfo", "/proc/swaps", "/proc/timer_list", "/proc/timer_stats", "/proc/vmallocinfo",
        "/sys/block", "/sys/bus", "/sys/class", "/sys/dev", "/sys/devices/pci0000:00", "/sys/devices/virtual/dmi",
        "/sys/devices/virtual/powercap", "/sys/firmware", "/sys/fs/bpf", "/sys/hypervisor", "/sys/kernel", "/sys/module", "/sys/power",
    ];

    public static readonly IReadOnlyList<string> ReadOnly =
        ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];
}
