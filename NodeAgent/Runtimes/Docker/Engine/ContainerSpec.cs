namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>What a container is made of, in the Engine API's names. What is left out is the engine's default.</summary>
internal sealed record ContainerSpec
{
    public required string Image { get; init; }

    public required string User { get; init; }

    /// <summary>None where it is another container's.</summary>
    public required string? Hostname { get; init; }

    public required IReadOnlyList<string> Env { get; init; }

    public IReadOnlyList<string>? Cmd { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required Healthcheck Healthcheck { get; init; }

    public required bool NetworkDisabled { get; init; }

    public bool AttachStdin { get; init; }

    public bool OpenStdin { get; init; }

    /// <summary>Its standard input ends when who is attached to it goes away.</summary>
    public bool StdinOnce { get; init; }

    public required HostConfig HostConfig { get; init; }
}

/// <param name="Test"><c>NONE</c> keeps the image's own from being run beside the algorithm.</param>
internal sealed record Healthcheck(IReadOnlyList<string> Test);

/// <summary>How the host confines it. Also what the engine says it has made of it.</summary>
internal sealed record HostConfig
{
    public string? NetworkMode { get; init; }

    public IReadOnlyList<string>? ExtraHosts { get; init; }

    public IReadOnlyList<string>? Dns { get; init; }

    public bool ReadonlyRootfs { get; init; }

    public bool Privileged { get; init; }

    public IReadOnlyList<string>? CapDrop { get; init; }

    public IReadOnlyList<string>? CapAdd { get; init; }

    public IReadOnlyList<string>? SecurityOpt { get; init; }

    public string? IpcMode { get; init; }

    public string? PidMode { get; init; }

    public string? CgroupnsMode { get; init; }

    public string? UsernsMode { get; init; }

    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    public IReadOnlyList<MountSpec>? Mounts { get; init; }

    public long Memory { get; init; }

    public long MemorySwap { get; init; }

    public long NanoCpus { get; init; }

    public long? PidsLimit { get; init; }

    public IReadOnlyList<Ulimit>? Ulimits { get; init; }

    public IReadOnlyList<DeviceRequest>? DeviceRequests { get; init; }

    public int OomScoreAdj { get; init; }

    public string? Runtime { get; init; }

    public bool? Init { get; init; }

    public LogConfig? LogConfig { get; init; }

    public IReadOnlyList<string>? MaskedPaths { get; init; }

    public IReadOnlyList<string>? ReadonlyPaths { get; init; }
}

internal sealed record Ulimit(string Name, long Soft, long Hard);

/// <param name="Capabilities">Any one of these lists, all of what is in it.</param>
internal sealed record DeviceRequest(string Driver, int Count, IReadOnlyList<IReadOnlyList<string>> Capabilities);

internal sealed record LogConfig(string Type);

internal sealed record MountSpec(string Type, string Source, string Target, VolumeOptions? VolumeOptions = null);

internal sealed record VolumeOptions(bool NoCopy, IReadOnlyDictionary<string, string> Labels, VolumeDriver DriverConfig);

internal sealed record VolumeDriver(string Name, IReadOnlyDictionary<string, string> Options);

internal sealed record VolumeSpec(string Name, string Driver, IReadOnlyDictionary<string, string> Labels);
