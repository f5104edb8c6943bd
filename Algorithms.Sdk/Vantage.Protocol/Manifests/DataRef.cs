using System.Text.Json.Serialization;
using Vantage.Protocol.Cryptography;
using Vantage.Protocol.Dictionaries;
using Vantage.Protocol.Json;

namespace Vantage.Protocol.Manifests;

[JsonConverter(typeof(ExactEnumJsonConverter<DataKind>))]
public enum DataKind
{
    /// <summary>A file or table that the node's admin declared.</summary>
    Source,

    /// <summary>A dataframe that an earlier task of the session prepared.</summary>
    Frame,

    /// <summary>A published dataset.</summary>
    Dataset,
}

/// <summary>Which data, named as every target's node names it. Column names are arguments, and sealed.</summary>
public sealed record DataRef
{
    /// <summary>What the algorithm calls it.</summary>
    public required string Label { get; init; }

    public required DataKind Kind { get; init; }

    public required string Id { get; init; }

    public string? Version { get; init; }

    /// <summary>Pins the content; a node whose data differ refuses.</summary>
    public Digest? Digest { get; init; }

    /// <summary>The dictionary whose variables a source's data are read as; a node whose source maps to another refuses.</summary>
    public DictionaryRef? Dictionary { get; init; }
}
