using System.Text.Json.Serialization;

namespace Vantage.Protocol.Envelopes;

/// <summary>What a sealed payload is; part of the envelope's context, so that one can't pass for another.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PayloadKind>))]
public enum PayloadKind
{
    /// <summary>Arguments for one run, from the client to a node.</summary>
    [JsonStringEnumMemberName("input")]
    Input,

    /// <summary>An inner receipt and the algorithm's output.</summary>
    [JsonStringEnumMemberName("result")]
    Result,

    /// <summary>An inner receipt and the detail of a failure or refusal.</summary>
    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>What the algorithm logged.</summary>
    [JsonStringEnumMemberName("log")]
    Log,

    /// <summary>Part of a dataset.</summary>
    [JsonStringEnumMemberName("dataset")]
    Dataset,
}
