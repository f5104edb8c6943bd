using System.Text.Json;

namespace Vantage.NodeAgent.Runtimes.Docker.Engine;

/// <summary>An image as the engine keeps it.</summary>
/// <param name="Id">The digest of its configuration, or of its manifest where the engine keeps images as containerd does.</param>
/// <param name="RepoDigests">Under which manifests it was pulled: <c>repository@sha256:…</c>.</param>
internal sealed record EngineImage(string Id, IReadOnlyList<string>? RepoDigests, EngineImageConfig? Config)
{
    public EngineImageLayers? RootFS { get; init; }
}

/// <param name="Layers">The digests of what they unpack to.</param>
internal sealed record EngineImageLayers(IReadOnlyList<string>? Layers);

/// <param name="Volumes">Paths where the image wants disk that nobody capped.</param>
internal sealed record EngineImageConfig(
    IReadOnlyDictionary<string, JsonElement>? Volumes, IReadOnlyList<string>? Entrypoint, IReadOnlyList<string>? Cmd)
{
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

/// <summary>One line of a pull's answer.</summary>
/// <param name="Error">Set when it failed; the status was sent long before.</param>
internal sealed record PullLine(string? Status, string? Error);

/// <summary>One line of a load's answer.</summary>
/// <param name="Stream">Ends with the id of what was loaded.</param>
/// <param name="Error">Set when it failed; the status was sent long before.</param>
internal sealed record LoadLine(string? Stream, string? Error);

/// <summary>What a registry wants to know of who pulls. Goes to the engine in a header, over its own socket.</summary>
internal sealed record RegistryLogin(string Username, string Password, string Serveraddress);
