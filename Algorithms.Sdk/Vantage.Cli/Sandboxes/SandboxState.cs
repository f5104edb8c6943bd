using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vantage.Cli.Sandboxes;

/// <summary>
/// What a sandbox is made of: written before anything is made, and again with each program that was started, so that
/// <c>sandbox down</c> finds everything whatever became of the command that made it.
/// </summary>
internal sealed record SandboxState
{
    public const int CurrentVersion = 1;

    public required int V { get; init; }

    /// <summary>The command that is making it, or made it.</summary>
    public required ProcessMark Maker { get; init; }

    public required DateTimeOffset Began { get; init; }

    /// <summary>Whether it came to be whole.</summary>
    public bool Ready { get; init; }

    /// <summary>The folder in which everything lies but this file and the profile.</summary>
    public required string Folder { get; init; }

    /// <summary>The profile that was in use before.</summary>
    public required string PreviousProfile { get; init; }

    /// <summary>The base home is there for the sandbox only.</summary>
    public bool MadeHome { get; init; }

    public required string Disclosure { get; init; }

    /// <summary>The engine in which algorithms run; null where they run as ordinary processes.</summary>
    public SandboxEngine? Engine { get; init; }

    public Uri? Url { get; init; }

    public string? Collaboration { get; init; }

    public required IReadOnlyList<SandboxSite> Sites { get; init; }

    public IReadOnlyList<SandboxProgram> Programs { get; init; } = [];
}

/// <param name="Site">Its name: the organization's, too.</param>
/// <param name="File">The data, read where they lie.</param>
/// <param name="NodeFolder">The node's directory.</param>
internal sealed record SandboxSite(string Site, string File, string NodeFolder);

/// <param name="Role">Such as <c>coordinator</c> or <c>node-1</c>; its log is called so.</param>
/// <param name="Site">Whose node it is; null for the Coordinator.</param>
/// <param name="Process">Which process.</param>
internal sealed record SandboxProgram(string Role, string? Site, ProcessMark Process);

/// <param name="Socket">Where it listens.</param>
/// <param name="Images">What the sandbox put into it, by id.</param>
internal sealed record SandboxEngine(string Socket, IReadOnlyList<string> Images);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SandboxState))]
internal sealed partial class SandboxStateJson : JsonSerializerContext;
