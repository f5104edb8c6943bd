using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Client.Connection;
using Vantage.Protocol.Ids;

namespace Vantage.Client.Home;

/// <summary>Which Coordinator, and as whom: the file <c>profile.json</c> of a client's home.</summary>
public sealed record Profile
{
    /// <summary>The Coordinator's address.</summary>
    public required Uri Url { get; init; }

    /// <summary>The API token. The reason why the file is readable by its owner alone.</summary>
    public required string Token { get; init; }

    /// <summary>Whose token it is.</summary>
    public required UserId User { get; init; }

    /// <summary>What the Coordinator called the user at the login.</summary>
    public required string Name { get; init; }

    /// <summary>Null for an admin of the Coordinator who belongs to no partner.</summary>
    public OrganizationId? Organization { get; init; }

    /// <summary>PEM file with further certificate authorities for the Coordinator's TLS.</summary>
    public string? CaFile { get; init; }

    /// <summary>Proxy, with user and password where it wants them.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>The collaboration that questions go to when none is named: its id or name.</summary>
    public string? Collaboration { get; init; }

    /// <summary>The data that questions are about when none are named, each as <c>ID</c> or <c>LABEL=ID</c>.</summary>
    public IReadOnlyList<string>? Data { get; init; }

    /// <summary>
    /// The disclosure control that the sites behind this profile declared, to be stated with every result: <c>off</c>
    /// in a sandbox. Null where each site's policy decides.
    /// </summary>
    public string? Disclosure { get; init; }

    /// <summary>How to reach the Coordinator.</summary>
    public VantageClientOptions ToOptions() => new() { Url = Url, Token = Token, CaFile = CaFile, Proxy = Proxy };
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Profile))]
internal sealed partial class ProfileJson : JsonSerializerContext;
