using System.Globalization;
using Vantage.NodeAgent.Runtimes.Docker.Engine;

namespace Vantage.NodeAgent.Runtimes.Docker.Sandbox;

/// <summary>
/// What a run needs of the host, and this host does not have or can't enforce, by name and with its numbers. Nothing is
/// started with less than was asked for.
/// </summary>
internal static class HostMeans
{
    /// <summary>What no sandbox of ours goes without, whatever a run asks.</summary>
    public static IEnumerable<(string Rule, string Message)> Missing(EngineInfo host)
    {
        (bool Has, string Rule, string Message)[] needs =
        [
            (host.OSType == "linux", "sandbox", $"This node's container engine runs {(host.OSType.Length > 0 ? host.OSType : "unknown")} containers, and algorithms run in Linux containers only."),
            (host.Has("seccomp"), "sandbox.seccomp", "This node's container engine can't filter system calls (no seccomp)."),
            (host.MemoryLimit && host.MayLimit, "sandbox.memory", $"This node's container engine can't enforce a memory limit ({Groups(host)})."),
            (host.SwapLimit || !host.MemoryLimit || !host.MayLimit, "sandbox.memory", $"This node's container engine can't keep algorithms out of swap ({Groups(host)}; on older kernels 'swapaccount=1' on the kernel's command line helps)."),
            (host.CpuCfsQuota && host.MayLimit, "sandbox.cpu", $"This node's container engine can't enforce a cpu limit ({Groups(host)})."),
            (host.PidsLimit && host.MayLimit, "sandbox.processes", $"This node's container engine can't limit the number of processes ({Groups(host)})."),
        ];
        return needs.Where(need => !need.Has).Select(need => (need.Rule, need.Message));
    }

    public static RuntimeEnd.Refused? Refusal(EngineInfo host, RuntimeJob job) => Missing(host)
        .Select(no => (no.Rule, Message: no.Message + Asked(no.Rule, job.Limits)))
        .Concat(TooMuch(host, job.Limits))
        .Concat(Undemanded(host, job.Demands))
        .Select(no => new RuntimeEnd.Refused(no.Rule, no.Message))
        .FirstOrDefault();

    public static bool HasUserns(EngineInfo host) => host.Has("userns") || host.IsRootless;

    private static string Asked(string rule, RuntimeLimits limits) => rule switch
    {
        "sandbox.memory" => string.Create(CultureInfo.InvariantCulture, $" The task asks for {limits.MemoryMiB} MiB at most."),
        "sandbox.cpu" => string.Create(CultureInfo.InvariantCulture, $" The task asks for {limits.Cpu} cores at most."),
        "sandbox.processes" => string.Create(CultureInfo.InvariantCulture, $" A run may have {SandboxPlan.Processes}."),
        _ => "",
    };

    private static IEnumerable<(string Rule, string Message)> TooMuch(EngineInfo host, RuntimeLimits limits)
    {
        if (limits.Cpu > host.NCPU)
        {
            yield return ("sandbox.cpu", string.Create(CultureInfo.InvariantCulture, $"The task asks for {limits.Cpu} cores, and this node's engine has {host.NCPU}."));
        }

        var has = host.MemTotal >> 20;
        if (limits.MemoryMiB > has)
        {
            yield return ("sandbox.memory", string.Create(CultureInfo.InvariantCulture, $"The task asks for {limits.MemoryMiB} MiB of memory, and this node's engine has {has} MiB."));
        }

        if (limits.Accelerators > 0 && !host.Runtimes.ContainsKey(SandboxPlan.AcceleratorDriver))
        {
            yield return ("sandbox.accelerators", string.Create(CultureInfo.InvariantCulture,
                $"The task asks for {limits.Accelerators} accelerators, and this node's engine has 0: it has no runtime '{SandboxPlan.AcceleratorDriver}', which NVIDIA's container toolkit brings."));
        }
    }

    /// <summary>What the site requires of a sandbox, and this host has not.</summary>
    public static IEnumerable<(string Rule, string Message)> Undemanded(EngineInfo host, IReadOnlySet<SandboxDemand> demands)
    {
        if (demands.Contains(SandboxDemand.Userns) && !HasUserns(host))
        {
            yield return ("runtime.require (userns)", "This node's policy requires user namespaces, and its container engine uses none: its admin"
                + " sets 'userns-remap' in the engine's daemon.json, or runs a rootless engine.");
        }

        if (demands.Contains(SandboxDemand.Runsc) && !host.Runtimes.ContainsKey("runsc"))
        {
            yield return ("runtime.require (runsc)", "This node's policy requires gVisor's runtime 'runsc', and its container engine has: "
                + string.Join(", ", host.Runtimes.Keys.Order(StringComparer.Ordinal)) + ".");
        }
    }

    private static string Groups(EngineInfo host) =>
        $"control groups version {(host.CgroupVersion.Length > 0 ? host.CgroupVersion : "unknown")}, driver '{host.CgroupDriver}'"
        + (host.IsRootless ? ", rootless" : "");
}
