namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

internal sealed record Created(string Id, IReadOnlyList<string>? Warnings);

/// <summary>A container as it really is.</summary>
internal sealed record ContainerState(string Id, string Image, StateOf State, HostConfig HostConfig, ConfigOf Config);

internal sealed record StateOf(string Status, bool Running, bool OOMKilled, int ExitCode);

internal sealed record ConfigOf(string User, IReadOnlyDictionary<string, string>? Labels);

internal sealed record Waited(long StatusCode, WaitFault? Error);

internal sealed record WaitFault(string? Message);

internal sealed record Listed(string Id, IReadOnlyList<string>? Names);

/// <param name="Mountpoint">Where it lies on the engine's machine.</param>
internal sealed record Volume(string Name, string? Mountpoint, IReadOnlyDictionary<string, string>? Options, IReadOnlyDictionary<string, string>? Labels);

internal sealed record VolumeList(IReadOnlyList<Volume>? Volumes);

internal sealed record EngineComplaint(string? Message);
