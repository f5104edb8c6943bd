using System.Globalization;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker.Escapes;

/// <summary>System calls that no algorithm needs, by their x86-64 numbers: none may do anything.</summary>
internal static class KernelEscapes
{
    private static readonly (string Name, long[] Words)[] Calls =
    [
        ("ptrace of its parent", [101, 16, 1]), ("memory of another process", [310, 1, 0, 0, 0, 0, 0]), ("pivot_root", [155]),
        ("a user namespace", [272, 0x10000000]), ("a mount namespace", [272, 0x20000]), ("a network namespace", [272, 0x40000000]),
        ("a process namespace", [272, 0x20000000]), ("an IPC namespace", [272, 0x08000000]), ("a host name namespace", [272, 0x04000000]),
        ("a control group namespace", [272, 0x02000000]), ("a child in a user namespace", [56, 0x10000011]), ("clone3", [435, 0, 0]),
        ("setns", [308, 0, 0]), ("bpf", [321, 0, 0, 0]), ("perf events", [298, 0, 0, -1, -1, 0]), ("the session's keys", [250, 0, -3, 0]),
        ("a new key", [248, 0, 0, 0, 0, -3]), ("a requested key", [249, 0, 0, 0, 0]), ("a kernel module", [175, 0, 0, 0]),
        ("a kernel module from a file", [313, 0, 0, 0]), ("removing a kernel module", [176, 0, 0]), ("another kernel", [246, 0, 0, 0, 0]),
        ("no more swap", [168, 0]), ("another host name", [170, 0, 0]), ("another domain name", [171, 0, 0]), ("another time", [164, 0, 0]),
        ("another clock", [227, 0, 0]), ("a slower clock", [159, 0]), ("I/O ports", [172, 3]), ("one I/O port", [173, 0, 1, 1]),
        ("io_uring", [425, 8, 0]), ("userfaultfd", [323, 0]), ("a file by its handle", [304, -100, 0, 0]), ("a quota", [179, 0, 0, 0, 0]),
        ("process accounting", [163, 0]), ("the kernel's log", [103, 3, 0, 0]), ("no address randomization", [135, 0x0040000]),
        ("a device node", [133, 0, 0x6180, 0x700]), ("fanotify", [300, 0, 0]), ("moving another's pages", [279, 1, 0, 0, 0, 0, 0]),
        ("comparing processes", [312, 1, 1, 0, 0, 0]), ("hanging up the terminal", [153]), ("a detached mount", [428, -100, 0, 1]),
        ("a new file system", [430, 0, 0]), ("another's file descriptor", [438, 0, 0, 0]), ("memory that nobody sees", [447, 0]),
        ("a local descriptor table", [154, 0, 0, 0]), ("System V shared memory", [29, 0, 4096, 0x3ff]), ("a System V queue", [68, 0, 0x3ff]),
        ("System V semaphores", [64, 0, 1, 0x3ff]), ("being root", [105, 0]), ("being root's group", [106, 0]), ("being root for good", [117, 0, 0, 0]),
        ("flushing the host's disks", [162]), ("a netlink socket", [41, 16, 3, 0]), ("a packet socket", [41, 17, 3, 768]),
        ("a raw socket", [41, 2, 3, 1]), ("a raw IPv6 socket", [41, 10, 3, 58]), ("a socket to the hypervisor", [41, 40, 1, 0]),
        ("a crypto socket", [41, 38, 5, 0]), ("a Bluetooth socket", [41, 31, 3, 0]), ("a CAN socket", [41, 29, 3, 1]),
        ("a TIPC socket", [41, 30, 2, 0]), ("an express data path socket", [41, 44, 3, 0]), ("a key socket", [41, 15, 3, 2]),
        ("a reliable datagram socket", [41, 21, 5, 0]),
    ];

    public static IEnumerable<Escape> All() =>
    [
        .. Calls.Select(call => new Escape(call.Name, "/bin/probe sys " + string.Join(' ', call.Words.Select(word => word.ToString(CultureInfo.InvariantCulture))))),
        new("chroot", "/bin/probe sys 161 /tmp"),
        new("mount", "mkdir -p /tmp/k && /bin/probe sys 165 /tmp /tmp/k 0 4096 0"),
        new("more open files than it may", "ulimit -n 100000"),
        new("core dumps", "ulimit -c unlimited"),
        new("a message queue", "echo x > /dev/mqueue/q && [ -f /dev/mqueue/q ]"),
        new("a higher priority", "nice -n -5 sh -c \"[ $(nice) -lt 0 ]\""),
        new("real time", "chrt -f 1 true"),
    ];
}
