using System.Text.Json.Serialization;
using Vantage.Protocol.Algorithms;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Images.Sidecars;

/// <summary>
/// What a publisher says of an image that is not theirs to build anew: which functions it has, by which contract it runs,
/// what it needs. It binds exactly one digest, lies beside the image in its repository, and is signed as images are.
/// </summary>
public sealed record Sidecar
{
    /// <summary>The only version there is.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Of the document, and of the artefact that holds it.</summary>
    public const string MediaType = "application/vnd.vantage.algorithm.sidecar.v1+json";

    /// <summary>Larger ones are not read.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Begins what a draft leaves to a person. Nothing that holds it is signed or believed.</summary>
    public const string Unfinished = "FILL IN";

    /// <summary><see cref="CurrentVersion"/>.</summary>
    public required int V { get; init; }

    /// <summary>The manifest, or the index, that this is about; what a task has to ask for.</summary>
    public required Digest Image { get; init; }

    /// <summary>Counts up with every version of this image's sidecar: nodes go back to none that they have left behind.</summary>
    public required long Serial { get; init; }

    /// <summary>How the image is started, and what it finds then.</summary>
    public required ImageContract Contract { get; init; }

    /// <summary>Set for vantage6's tools before 4.2, which do not decode what a node puts into the environment.</summary>
    public bool PlainEnvironment { get; init; }

    /// <summary>What the image computes, as its own label would say.</summary>
    public required AlgorithmManifest Algorithm { get; init; }

    /// <summary>Of what kind each data need has to be; one that is not listed is a CSV file.</summary>
    public IReadOnlyList<SidecarDatabase>? Databases { get; init; }

    /// <summary>The least that a run needs; a task that asks for less is refused.</summary>
    public SidecarResources? Resources { get; init; }
}

/// <summary>By which contract an image runs.</summary>
[JsonConverter(typeof(ExactEnumJsonConverter<ImageContract>))]
public enum ImageContract
{
    /// <summary>That of vantage6's version 4: environment in base32, files below /mnt/data, a local proxy.</summary>
    Vantage6V4,
}

/// <param name="Name">A data need of one of the functions.</param>
/// <param name="Type">vantage6's word, such as <c>csv</c> or <c>sql</c>.</param>
public sealed record SidecarDatabase(string Name, string Type);

/// <summary>What a run needs at least.</summary>
/// <param name="MemoryMiB">Memory.</param>
/// <param name="DiskMiB">Scratch space.</param>
public sealed record SidecarResources(int? MemoryMiB = null, int? DiskMiB = null);
