namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>What the engine says of itself and its host, as far as a sandbox depends on it. Names are the Engine API's.</summary>
internal sealed record EngineInfo
{
    public string ServerVersion { get; init; } = "";

    public string OSType { get; init; } = "";

    public string Architecture { get; init; } = "";

    public int NCPU { get; init; }

    public long MemTotal { get; init; }

    public bool MemoryLimit { get; init; }

    public bool SwapLimit { get; init; }

    public bool CpuCfsQuota { get; init; }

    public bool PidsLimit { get; init; }

    public string CgroupDriver { get; init; } = "";

    public string CgroupVersion { get; init; } = "";

    public string DefaultRuntime { get; init; } = "";

    /// <summary>By name; what stands under a name does not matter here.</summary>
    public IReadOnlyDictionary<string, EngineRuntime> Runtimes { get; init; } = new Dictionary<string, EngineRuntime>();

    /// <summary>Such as <c>name=seccomp,profile=default</c>.</summary>
    public IReadOnlyList<string>? SecurityOptions { get; init; }

    /// <summary>Said by Podman, which does not list it among the security options.</summary>
    public bool Rootless { get; init; }

    public bool IsRootless => Rootless || Has("rootless");

    /// <summary>
    /// Without root, only the second version of control groups lets an engine limit anything. Podman says that it could
    /// all the same, and then leaves the limits out.
    /// </summary>
    public bool MayLimit => !IsRootless || CgroupVersion == "2";

    public bool Has(string security) => (SecurityOptions ?? [])
        .Any(option => option.Split(',').Contains("name=" + security, StringComparer.Ordinal));
}

internal sealed record EngineRuntime;
