using Vantage.NodeAgent.Runtimes;
using Vantage.NodeAgent.Runtimes.Docker.Engine;
using Vantage.NodeAgent.Runtimes.Docker.Sandbox;

namespace Vantage.Tests.NodeAgent.Runtimes.Docker;

/// <summary>What a host can't do is refused by its name, with the numbers.</summary>
public sealed class HostMeansTests
{
    private static readonly EngineInfo Good = new()
    {
        OSType = "linux",
        NCPU = 4,
        MemTotal = 8L << 30,
        MemoryLimit = true,
        SwapLimit = true,
        CpuCfsQuota = true,
        PidsLimit = true,
        CgroupDriver = "systemd",
        CgroupVersion = "2",
        SecurityOptions = ["name=seccomp,profile=default", "name=cgroupns"],
        Runtimes = new Dictionary<string, EngineRuntime> { ["runc"] = new() },
    };

    [Fact]
    public void AHostThatHasAll_IsTaken() => Assert.Null(Refused(Good));

    [Fact]
    public void WhatAHostLacks_IsRefusedByName()
    {
        Assert.Equal("sandbox", Refused(Good with { OSType = "windows" })!.Rule);
        Assert.Equal("sandbox.seccomp", Refused(Good with { SecurityOptions = [] })!.Rule);
        Assert.Equal("sandbox.processes", Refused(Good with { PidsLimit = false })!.Rule);
        Assert.Contains("swapaccount=1", Refused(Good with { SwapLimit = false })!.Message, StringComparison.Ordinal);
        // A rootless engine under the first version of control groups.
        var rootless = Refused(Good with { MemoryLimit = false, SwapLimit = false, CpuCfsQuota = false, CgroupDriver = "none", CgroupVersion = "1", SecurityOptions = ["name=seccomp", "name=rootless"] })!;
        Assert.Contains("control groups version 1, driver 'none', rootless", rootless.Message, StringComparison.Ordinal);
    }

    /// <summary>Podman says that it can, as seen with 4.3.1, and leaves the limits out.</summary>
    [Fact]
    public void WithoutRootUnderTheOldControlGroups_NoLimitIsBelieved()
    {
        var podman = Good with { Rootless = true, CgroupDriver = "cgroupfs", CgroupVersion = "1" };

        Assert.Equal("sandbox.memory", Refused(podman, memory: 96)!.Rule);
        Assert.Contains("control groups version 1, driver 'cgroupfs', rootless", Refused(podman)!.Message, StringComparison.Ordinal);
        Assert.Contains("asks for 96 MiB", Refused(podman, memory: 96)!.Message, StringComparison.Ordinal);
        Assert.Null(Refused(podman with { CgroupVersion = "2" }));
        Assert.Equal(["sandbox.memory", "sandbox.cpu", "sandbox.processes"], HostMeans.Missing(podman).Select(no => no.Rule));
    }

    [Fact]
    public void Accelerators_AreRefusedByTheirNumber_WhereTheEngineHasNone()
    {
        Assert.Contains("asks for 2 accelerators, and this node's engine has 0", Refused(Good, accelerators: 2)!.Message, StringComparison.Ordinal);
        Assert.Null(Refused(Good with { Runtimes = new Dictionary<string, EngineRuntime> { ["runc"] = new(), ["nvidia"] = new() } }, accelerators: 2));
    }

    [Fact]
    public void MoreThanThereIs_IsRefusedWithTheNumbers()
    {
        Assert.Contains("5 cores, and this node's engine has 4", Refused(Good, cpu: 5)!.Message, StringComparison.Ordinal);
        Assert.Contains("8193 MiB of memory, and this node's engine has 8192", Refused(Good, memory: 8193)!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name=userns")]
    [InlineData("name=rootless")]
    public void UserNamespaces_AreOfEitherKind(string option)
    {
        Assert.Equal("runtime.require (userns)", Refused(Good, SandboxDemand.Userns)!.Rule);
        Assert.Null(Refused(Good with { SecurityOptions = ["name=seccomp", option] }, SandboxDemand.Userns));
    }

    [Fact]
    public void Seccomp_AllowsNothingOfTheKernelsMoreDangerousParts()
    {
        using var profile = System.Text.Json.JsonDocument.Parse(SeccompProfile.Json);
        var allowed = profile.RootElement.GetProperty("syscalls").EnumerateArray()
            .Where(rule => rule.GetProperty("action").GetString() == "SCMP_ACT_ALLOW")
            .SelectMany(rule => rule.GetProperty("names").EnumerateArray().Select(name => name.GetString()!))
            .ToHashSet();

        Assert.Equal("SCMP_ACT_ERRNO", profile.RootElement.GetProperty("defaultAction").GetString());
        Assert.Empty(allowed.Intersect(
        [
            "ptrace", "process_vm_readv", "process_vm_writev", "bpf", "io_uring_setup", "io_uring_enter", "userfaultfd", "keyctl", "add_key", "request_key",
            "mount", "umount2", "pivot_root", "unshare", "setns", "clone3", "perf_event_open", "open_by_handle_at", "name_to_handle_at", "mknod", "mknodat",
            "init_module", "finit_module", "kexec_load", "reboot", "swapon", "iopl", "ioperm", "settimeofday", "clock_settime", "quotactl", "syslog", "shmget", "msgget",
        ]));
    }

    private static RuntimeEnd.Refused? Refused(EngineInfo host, SandboxDemand? demand = null, double cpu = 1, int memory = 64, int accelerators = 0) => HostMeans.Refusal(
        host, new RuntimeJob(new RuntimeCode.Worker(), "run-1", "/w", "/w", "/w/run.json", "/s", new(cpu, memory, 16, TimeSpan.FromMinutes(1)) { Accelerators = accelerators }, _ => { })
        {
            Demands = demand is { } one ? new HashSet<SandboxDemand> { one } : [],
        });
}
