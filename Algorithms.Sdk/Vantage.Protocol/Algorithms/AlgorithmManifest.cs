using System.Text.Json;
using System.Text.Json.Serialization;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Algorithms;

/// <summary>What an algorithm says of itself: in the image label, in a sidecar, in a worker's catalogue.</summary>
public sealed record AlgorithmManifest
{
    public const int CurrentVersion = 1;

    public const string ImageLabel = "org.vantage.algorithm";

    public required int V { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<FunctionManifest> Functions { get; init; }

    /// <summary>
    /// Whether one process of it may do several calls of a job, one after the other, keeping in memory what it likes. Null
    /// means no: the program then ends after its run.
    /// </summary>
    public bool? Warm { get; init; }

    /// <summary>Which <see cref="DataFormats"/> it reads besides CSV, which every program reads. Null for none.</summary>
    public IReadOnlyList<string>? Formats { get; init; }
}

/// <summary>One thing an algorithm can be asked to do.</summary>
public sealed record FunctionManifest
{
    public required string Name { get; init; }

    public required FunctionKind Kind { get; init; }

    public required string Description { get; init; }

    /// <summary>JSON Schema of the arguments.</summary>
    public required JsonElement Arguments { get; init; }

    /// <summary>JSON Schema of the result; absent when the result is not JSON.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>What data it needs beside it. Empty for a central function.</summary>
    public required IReadOnlyList<DataNeed> Data { get; init; }

    /// <summary>
    /// Places outside that it has to reach, by names that each site's policy gives a host and port. Null for none, which is
    /// what nearly every function needs; a site that does not grant one of them refuses the run.
    /// </summary>
    public IReadOnlyList<string>? Egress { get; init; }
}

/// <param name="Name">What the function calls this data, for example <c>table</c>.</param>
/// <param name="Description">What has to be in it, for a person who chooses the data.</param>
/// <param name="ColumnArguments">
/// The arguments whose value is a column's name or a list of them. The node gives a run the columns that they name and no
/// others; where none of them is given, or this is null, all that its policy allows.
/// </param>
public sealed record DataNeed(string Name, string Description, IReadOnlyList<string>? ColumnArguments = null);

[JsonConverter(typeof(ExactEnumJsonConverter<FunctionKind>))]
public enum FunctionKind
{
    /// <summary>Brings data out of a source into a frame.</summary>
    Extract,

    /// <summary>Makes a frame of frames.</summary>
    Prepare,

    /// <summary>Works beside the data; its result is what leaves the site.</summary>
    Partial,

    /// <summary>Asks other runs and puts their results together; sees no data.</summary>
    Central,
}
